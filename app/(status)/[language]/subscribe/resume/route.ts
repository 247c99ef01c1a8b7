import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { resumeOwnWebhook } from '@/domain/notification/manage-own-webhook'
import { isLanguage } from '@/messages/language'

const pathOf = (params: Record<string, string>, link: unknown): string =>
  `/${isLanguage(params.language) ? params.language : 'en'}/subscribe/preferences?token=${encodeURIComponent(String(link ?? ''))}`

export const POST = formAction('/[language]/subscribe/resume', {
  input: z.object({ link: z.string().max(200, { error: 'link-used' }).default('') }),
  back: ({ link }, params) => pathOf(params, link),
  async act(_, { link }, params) {
    await resumeOwnWebhook(outside().secrets, link)
    return `${pathOf(params, link)}&done=resumed`
  },
})
