import { dates } from '@/messages/dates'
import type { Language } from '@/messages/language'
import { translator } from '@/messages/translate'

type Category = 'contacts' | 'calendar' | 'tasks' | 'notes' | 'photos'
type Kind = 'restore' | 'missing_records' | 'advice_loss' | 'wrong_account' | 'compensation' | 'other'

interface Addressed {
  language: Language
  /** Null: not known. */
  name: string | null
  carrier: string
  reference: string
  kind: Kind
  categories: readonly Category[]
}

const somebody: Record<Language, string> = { en: 'subscriber', fr: 'abonné' }

/** What a macro's variables stand for in one ticket, in the subscriber's language. */
export function macroWords(addressed: Addressed, timeZone: string, now: Date) {
  const { language, name, carrier, reference, kind, categories } = addressed
  const t = translator(language)
  const when = dates(language, timeZone)
  const named = when.list(categories.map(category => t(`shell.categoriesInline.${category}`)))
  return {
    name: name ?? somebody[language],
    reference,
    category: named === '' ? t('conversation.macros.yourData') : named,
    carrier,
    kind: t(`conversation.kinds.${kind}`),
    date: when.day(now),
  }
}
