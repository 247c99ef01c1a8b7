import { randomUUID } from 'node:crypto'
import type { Actor } from '@/domain/actor'
import { mayEver } from '@/domain/policy'
import { listRequests } from '@/domain/restore/find-requests'
import { reader } from '@/domain/transaction'
import { countTickets, findTickets, listTickets } from '@/domain/triage/find-tickets'
import { listQueueChoices } from '@/domain/triage/list-queue-choices'
import { listViews } from '@/domain/triage/list-views'
import { removeView } from '@/domain/triage/remove-view'
import { saveView } from '@/domain/triage/save-view'
import { searchTickets } from '@/domain/triage/search-tickets'
import { tagTicket, untagTicket } from '@/domain/triage/tag-ticket'
import { walkOf } from '@/domain/triage/walk-queue'
import type { Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

const filed = async (world: VerbWorld, place: Place) => ({ ...place, requestId: await world.file(place) })
const ticketOf = async (requestId: string): Promise<string> =>
  (await reader('every-carrier').ticket.findUnique({ where: { requestId } }))?.id ?? randomUUID()
const tickets = async () => {
  const rows = await reader('every-carrier').ticket.findMany({ select: { id: true } })
  return rows.map(({ id }) => id)
}

/** One of the actor's own, where they may have any. */
async function viewOf(actor: Actor): Promise<string> {
  if (!mayEver(actor, 'queue-view.save')) return randomUUID()
  return (await saveView(actor, { name: randomUUID(), filter: {} })).id
}

/** Finding tickets, and what they are found by. */
export const queueCalls: Calls = {
  'triage/find-tickets.ts findTickets': {
    verb: 'queue.read',
    about: 'own list',
    call: ({ services }, actor) => findTickets(actor, services, { take: 200 }),
  },
  'triage/find-tickets.ts listTickets': {
    verb: 'queue.read',
    about: 'own list',
    call: async (_, actor) => listTickets(actor, await tickets()),
  },
  'restore/find-requests.ts listRequests': {
    verb: 'queue.read',
    about: 'own list',
    call: async (_, actor) => {
      const rows = await reader('every-carrier').restoreRequest.findMany({ select: { id: true } })
      return listRequests(
        actor,
        rows.map(({ id }) => id),
      )
    },
  },
  'triage/find-tickets.ts countTickets': {
    verb: 'queue.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => countTickets(actor, [{}, { state: ['filed'] }]),
  },
  'triage/walk-queue.ts walkOf': {
    verb: 'queue.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => walkOf(actor, {}, new Date()),
  },
  'triage/search-tickets.ts searchTickets': {
    verb: 'queue.read',
    about: 'own list',
    tells: false,
    call: ({ services }, actor) => searchTickets(actor, services, 'example'),
  },
  'triage/list-queue-choices.ts listQueueChoices': {
    verb: 'queue.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => listQueueChoices(actor, 'en'),
  },
  'triage/list-views.ts listViews': {
    verb: 'queue.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => listViews(actor),
  },
  'triage/save-view.ts saveView': {
    verb: 'queue-view.save',
    about: 'own list',
    tells: false,
    changes: true,
    call: (_, actor) => saveView(actor, { name: randomUUID(), filter: {} }),
  },
  'triage/remove-view.ts removeView': {
    verb: 'queue-view.save',
    about: 'own list',
    tells: false,
    changes: true,
    call: async (_, actor) => removeView(actor, { viewId: await viewOf(actor) }),
  },
  'triage/tag-ticket.ts tagTicket': {
    verb: 'ticket.tag',
    about: 'subscriber',
    changes: true,
    prepare: filed,
    call: async (_, actor, { requestId }) => tagTicket(actor, { ticketId: await ticketOf(requestId), tag: 'vip' }),
  },
  'triage/tag-ticket.ts untagTicket': {
    verb: 'ticket.tag',
    about: 'subscriber',
    changes: true,
    prepare: filed,
    call: async (_, actor, { requestId }) => untagTicket(actor, { ticketId: await ticketOf(requestId), tag: 'vip' }),
  },
}
