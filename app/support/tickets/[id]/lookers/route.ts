import { dataRoute } from '@/app/_shell/data-route'
import { onlookersInWords } from '@/app/support/onlooker-words'
import { endPresence } from '@/domain/triage/end-presence'
import { notePresence } from '@/domain/triage/note-presence'

/**
 * Asked by a ticket's page as long as it is seen: who else has it open. The question itself is the beat, as opening the page was
 * its first; `gone` says that it is closed.
 */
export const GET = dataRoute(
  '/support/tickets/[id]/lookers',
  async (visit, { params, query }) => {
    const ticketId = params.id ?? ''
    const gone = query.one('gone') === '1'
    if (gone) await endPresence(visit.actor, { ticketId })
    const onlookers = gone ? [] : await notePresence(visit.actor, { ticketId, beat: true })
    return Response.json(
      { lines: onlookersInWords(visit, onlookers) },
      { headers: { 'cache-control': 'private, no-store' } },
    )
  },
  { byItself: true },
)
