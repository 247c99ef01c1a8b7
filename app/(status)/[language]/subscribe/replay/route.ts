import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { replayOwnWebhook } from '@/domain/notification/manage-own-webhook'
import { isLanguage } from '@/messages/language'

const pathOf = (params: Record<string, string>, link: unknown): string =>
  `/${isLanguage(params.language) ? params.language : 'en'}/subscribe/preferences?token=${encodeURIComponent(String(link ?? ''))}`

export const POST = formAction('/[language]/subscribe/replay', {
  input: z.object({
    link: z.string().max(200, { error: 'link-used' }).default(''),
    since: z
      .string({ error: 'since-wrong' })
      .trim()
      .pipe(z.iso.date({ error: 'since-wrong' })),
  }),
  back: ({ link }, params) => pathOf(params, link),
  async act(_, { link, since }, params) {
    const { count } = await replayOwnWebhook(outside().secrets, link, { since: new Date(`${since}T00:00:00Z`) })
    return `${pathOf(params, link)}&replayed=${count}`
  },
})
