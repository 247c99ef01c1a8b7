import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { speakHere } from '@/app/_shell/language-cookie'
import { localPath } from '@/app/_shell/origin'
import { chooseLanguage } from '@/domain/subscriber/choose-language'
import { languages } from '@/messages/language'

/** Switches the language and shows the same page in it; who is signed in as a subscriber is written to in it too. */
export const POST = formAction('/language', {
  input: z.object({ language: z.enum(languages), next: z.string().default('/') }),
  back: () => '/',
  async act({ actor }, { language, next }) {
    if (actor.role === 'subscriber') await chooseLanguage(actor, { subscriberId: actor.subscriberId, language })
    await speakHere(language)
    const path = localPath(next, '/')
    return /^\/(en|fr)(?=[/?#]|$)/.test(path) ? path.replace(/^\/(en|fr)/, `/${language}`) : path
  },
})
