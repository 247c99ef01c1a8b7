import { headers } from 'next/headers'
import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { speakHereAtFirst } from '@/app/_shell/language-cookie'
import { localPath } from '@/app/_shell/origin'
import { formLimit, networkOf } from '@/app/_shell/rate'
import { takeLink } from '@/app/_shell/sign-in'
import { badInput } from '@/domain/errors'

const perNetwork = formLimit('links-tries', 120, 15)

/** Uses the link up: signs in, and goes on to where the person was headed, in their language. */
export const POST = formAction('/sign-in/link/use', {
  input: z.object({ linkToken: z.string().max(200), next: z.string().default('') }),
  back: ({ next }) => `/sign-in?next=${encodeURIComponent(localPath(String(next ?? ''), ''))}`,
  async act({ demonstration }, { linkToken, next }) {
    if (!demonstration) await perNetwork(networkOf(await headers()))
    const taken = await takeLink(linkToken)
    if (taken === null) throw badInput('email', 'link-used', 'The link was used or has run out.')
    if (taken.language !== null) await speakHereAtFirst(taken.language)
    return localPath(next, taken.home)
  },
})
