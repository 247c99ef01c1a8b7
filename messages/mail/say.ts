import { createTranslator } from 'use-intl/core'
import type { Language } from '@/messages/language'
import { mail as english } from '@/messages/mail/en'
import { mail as french } from '@/messages/mail/fr'

const translators = {
  en: createTranslator({ locale: 'en', messages: english, onError: raise }),
  fr: createTranslator({ locale: 'fr', messages: french as typeof english, onError: raise }),
}
export type Say = (typeof translators)['en']

export const sayIn = (language: Language): Say => translators[language]

// A sentence that cannot be formatted is a fault of ours: it must fail a test, not go out to a person.
function raise(error: Error): never {
  throw error
}
