import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { confirmSubscription } from '@/domain/notification/confirm-subscription'
import { isLanguage } from '@/messages/language'

const languageIn = (params: Record<string, string>) => (isLanguage(params.language) ? params.language : 'en')

export const POST = formAction('/[language]/subscribe/confirm/use', {
  input: z.object({ link: z.string().max(200, { error: 'link-used' }).default('') }),
  back: (_, params) => `/${languageIn(params)}/subscribe/confirm`,
  async act(_, { link }, params) {
    const token = await confirmSubscription(outside().secrets, link)
    return `/${languageIn(params)}/subscribe/preferences?token=${token}&done=confirmed`
  },
})
