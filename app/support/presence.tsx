import type { Visit } from '@/app/_shell/visit'
import { onlookersInWords } from '@/app/support/onlooker-words'
import { PresenceLine } from '@/app/support/presence-line'
import { mayEver } from '@/domain/policy'
import { notePresence } from '@/domain/triage/note-presence'
import { beatEveryMs } from '@/domain/triage/presence-times'

/**
 * For the page of a ticket: notes that the reader has it open, and says which colleagues have. Without scripts it says since when;
 * with them it follows. It keeps nobody from anything.
 */
export async function Presence({ visit, ticketId }: { visit: Visit; ticketId: string }) {
  const { t, actor } = visit
  if (!mayEver(actor, 'presence.note')) return null
  const first = onlookersInWords(visit, await notePresence(actor, { ticketId }))
  return (
    <PresenceLine
      first={first}
      asks={`/support/tickets/${ticketId}/lookers`}
      everyMs={beatEveryMs}
      words={{ text: t('atHand.presence.text'), gone: t('atHand.presence.gone') }}
    />
  )
}
