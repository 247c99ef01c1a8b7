import type { Visit } from '@/app/_shell/visit'
import type { TicketView } from '@/domain/triage/find-ticket'
import type { MacroValues } from '@/domain/triage/macro-text'
import { macroWords } from '@/messages/macro-words'

/** What a macro's variables stand for in one ticket, in the subscriber's language. */
export function macroValues({ timeZone }: Visit, { subscriber, reference, kind, categories }: TicketView): MacroValues {
  const { language, name, carrier } = subscriber
  return macroWords({ language, name, carrier: carrier.name, reference, kind, categories }, timeZone, new Date())
}
