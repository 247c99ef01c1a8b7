import type { Visit } from '@/app/_shell/visit'
import type { TicketView } from '@/domain/triage/find-ticket'
import { type MacroValues, somebody } from '@/domain/triage/macro-text'
import { dates } from '@/messages/dates'
import { translator } from '@/messages/translate'

/** What a macro's variables stand for in one ticket, in the subscriber's language. */
export function macroValues({ timeZone }: Visit, { subscriber, reference, kind, categories }: TicketView): MacroValues {
  const { language, name, carrier } = subscriber
  const t = translator(language)
  const when = dates(language, timeZone)
  const named = when.list(categories.map(category => t(`shell.categoriesInline.${category}`)))
  return {
    name: name ?? somebody[language],
    reference,
    category: named === '' ? t('conversation.macros.yourData') : named,
    carrier: carrier.name,
    kind: t(`conversation.kinds.${kind}`),
    date: when.day(new Date()),
  }
}
