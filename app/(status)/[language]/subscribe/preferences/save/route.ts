import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { listed, readUpTo } from '@/app/(status)/[language]/subscribe/subscribe-words'
import { changeSubscription } from '@/domain/notification/change-subscription'
import { isLanguage, languages } from '@/messages/language'

const pathOf = (params: Record<string, string>, link: unknown): string =>
  `/${isLanguage(params.language) ? params.language : 'en'}/subscribe/preferences?token=${encodeURIComponent(String(link ?? ''))}`

export const POST = formAction('/[language]/subscribe/preferences/save', {
  input: z.object({
    link: z.string().max(200, { error: 'link-used' }).default(''),
    language: z.enum(languages).default('en'),
    about: z.enum(['everything', 'chosen']).default('everything'),
    topics: z.preprocess(listed, z.array(z.string())),
  }),
  readUpTo,
  back: ({ link }, params) => pathOf(params, link),
  async act(_, { link, about, ...wish }, params) {
    await changeSubscription(outside().secrets, link, { ...wish, everything: about === 'everything' })
    return `${pathOf(params, link)}&done=saved`
  },
})
