import { headers } from 'next/headers'
import { z } from 'zod'
import { channels } from '@/app/_shell/channels'
import { withFlash } from '@/app/_shell/flash'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { formLimit, networkOf } from '@/app/_shell/rate'
import { askable, listed, readUpTo } from '@/app/(status)/[language]/subscribe/subscribe-words'
import { badInput } from '@/domain/errors'
import { askSubscription } from '@/domain/notification/ask-subscription'
import { isLanguage, languages } from '@/messages/language'

const perAddress = formLimit('asked-address', 5, 15)
const perNetwork = formLimit('asked-network', 60, 15)

const pathOf = (params: Record<string, string>): string =>
  `/${isLanguage(params.language) ? params.language : 'en'}/subscribe`

/** Answers the same whether we know the address or not: what is said of it is said to whoever reads there. */
export const POST = formAction('/[language]/subscribe/ask', {
  input: z.object({
    channel: z.enum(askable, { error: 'channel-unknown' }),
    address: z.string({ error: 'address-mail' }).trim().max(4_000, { error: 'address-mail' }).default(''),
    language: z.enum(languages).default('en'),
    about: z.enum(['everything', 'chosen']).default('everything'),
    topics: z.preprocess(listed, z.array(z.string())),
  }),
  readUpTo,
  back: ({ channel }, params) => `${pathOf(params)}?channel=${encodeURIComponent(String(channel ?? 'mail'))}`,
  async act({ demonstration }, { channel, address, about, ...wish }, params) {
    const { sms, push, webhooks } = channels()
    if (channel === 'sms' && sms === null) throw badInput('address', 'no-sms', 'No text messages are sent here.')
    if (channel === 'push' && push === null) throw badInput('address', 'no-push', 'No push messages are sent here.')
    // A demonstration is one person's, who tries everything.
    if (!demonstration) {
      await perNetwork(networkOf(await headers()))
      await perAddress(`${channel} ${address.toLowerCase()}`)
    }
    const { secrets } = outside()
    const everything = about === 'everything'
    const asked = await askSubscription({ secrets, webhooks }, { channel, address, everything, ...wish })
    const path = pathOf(params)
    if (channel === 'push') return `${path}/preferences?token=${asked.token}&done=confirmed`
    const values = {
      channel: [channel],
      address: [address],
      ...(asked.secret === null ? {} : { secret: [asked.secret] }),
      ...(asked.token === null ? {} : { token: [asked.token] }),
    }
    return withFlash(`${path}/sent`, { errors: [], values })
  },
})
