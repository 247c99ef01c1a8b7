import { createTranslator } from 'use-intl/core'
import { en } from '@/messages/en'
import { fr } from '@/messages/fr'
import type { Language } from '@/messages/language'

const translators = {
  en: createTranslator({ locale: 'en', messages: en, onError: raise }),
  fr: createTranslator({ locale: 'fr', messages: fr as typeof en, onError: raise }),
}

/** Sentences by key, with the arguments their ICU message asks for; both checked by the compiler against English. */
export type Translate = (typeof translators)['en']

export const translator = (language: Language): Translate => translators[language]

/** The parts of the catalogue whose keys are codes known only when it runs. */
export type CodePart =
  | 'refusals'
  | 'after.errors'
  | 'compensation.because'
  | 'compensation.errors'
  | 'compensation.facts'
  | 'atHand.errors'
  | 'signIn.errors'
  | 'reasons.missing'
  | 'reasons.damage'
  | 'reasons.outcome'
  | 'reasons.outcomes'
  | 'reasons.decline'
  | 'reasons.declineForSupport'
  | 'reasons.waitForSupport'
  | 'reasons.undo'
  | 'reasons.exceptions'
  | 'conversation.errors'
  | 'conversation.resolved'
  | 'conversation.removed'
  | 'conversation.case.events'
  | 'conversation.case.resolveReasons'
  | 'conversation.case.reopenReasons'
  | 'conversation.case.removeReasons'
  | 'conversation.kinds'
  | 'conversation.priorities'
  | 'behalf.errors'
  | 'crossings.errors'
  | 'decisions.errors'
  | 'rules.errors'
  | 'rules.outcomes'
  | 'devices.errors'
  | 'identity.errors'
  | 'joined.errors'
  | 'joined.escalateReasons'
  | 'joined.holdReasons'
  | 'looks.errors'
  | 'mass.errors'
  | 'mailIn.refused'
  | 'mailIn.aside.reasons'
  | 'mailIn.dismiss.reasons'
  | 'mailIn.errors'
  | 'figures.kind'
  | 'figures.overview.loss'
  | 'shell.categories'
  | 'restore.errors'
  | 'requests.errors'
  | 'service.errors'
  | 'queue.errors'
  | 'support.errors'
  | 'support.waits'
  | 'support.case.events'
  | 'admin.errors'
  | 'admin.people.errors'
  | 'passkeys.errors'
  | 'subscribe.errors'
  | 'retention.errors'
  | 'tokens.errors'
  | 'tokens.scope'
  | 'admin.findings'
  | 'admin.work.jobs'
  | 'notices.errors'
  | 'notices.reasons'
  | 'notices.suppressions.reasons'
  | 'incidents.errors'
  | 'account.fields'
  | 'account.kinds'
  | 'account.statuses'

/** A code's sentence, or null where that part has none for it. Such sentences take no arguments. */
export function sentenceFor(language: Language, part: CodePart, code: string): string | null {
  const found = [...part.split('.'), code].reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? at[key as keyof typeof at] : null),
    language === 'en' ? en : fr,
  )
  return typeof found === 'string' ? found : null
}

// A sentence that cannot be formatted is a fault of ours: it must fail a test, not show its key to a person.
function raise(error: Error): never {
  throw error
}
