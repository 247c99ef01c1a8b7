import { headers } from 'next/headers'
import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { formLimit, networkOf } from '@/app/_shell/rate'
import { freezeByLink } from '@/domain/identity/freeze-subscriber'

const perNetwork = formLimit('freezes-tries', 120, 15)

/** Stops everything for whoever holds the link of a message, signed in or not. */
export const POST = formAction('/this-was-not-me/freeze', {
  input: z.object({ link: z.string().max(200).default('') }),
  back: ({ link }) => `/this-was-not-me?token=${encodeURIComponent(String(link ?? ''))}`,
  async act({ demonstration }, { link }) {
    if (!demonstration) await perNetwork(networkOf(await headers()))
    await freezeByLink(outside().secrets, link)
    return '/this-was-not-me?done=1'
  },
})
