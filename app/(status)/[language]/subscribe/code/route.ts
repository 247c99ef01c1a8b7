import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { outside } from '@/app/_shell/outside'
import { readUpTo } from '@/app/(status)/[language]/subscribe/subscribe-words'
import { confirmByCode } from '@/domain/notification/confirm-subscription'
import { isLanguage } from '@/messages/language'

const languageIn = (params: Record<string, string>) => (isLanguage(params.language) ? params.language : 'en')

/** The code of a text message: it shows that the number is theirs. */
export const POST = formAction('/[language]/subscribe/code', {
  input: z.object({ address: z.string().default(''), code: z.string({ error: 'code-missing' }) }),
  readUpTo,
  back: (_, params) => `/${languageIn(params)}/subscribe/sent`,
  async act(_, { address, code }, params) {
    const token = await confirmByCode(outside().secrets, { address, code })
    return `/${languageIn(params)}/subscribe/preferences?token=${token}&done=confirmed`
  },
})
