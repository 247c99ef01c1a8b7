import { randomUUID } from 'node:crypto'
import { reader, transaction } from '@/domain/transaction'
import { addToTicket } from '@/domain/triage/add-to-ticket'
import { countFigures } from '@/domain/triage/figures/count-figures'
import { readDashboard } from '@/domain/triage/figures/read-dashboard'
import { readFigures } from '@/domain/triage/figures/read-figures'
import { fileTicket } from '@/domain/triage/file-ticket'
import { countFollowedTickets, findFollowedTicket, listFollowedTickets } from '@/domain/triage/followed-tickets'
import { leaveTicket } from '@/domain/triage/leave-ticket'
import { moveTicket } from '@/domain/triage/move-ticket'
import { takeNext } from '@/domain/triage/take-next'
import { takeTicket } from '@/domain/triage/take-ticket'
import { accountOf } from '@/test/matrix/account-of'
import type { Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

const settled = { status: 'resolved' } as const
const ticketOf = async (requestId: string): Promise<string> =>
  (await reader('every-carrier').ticket.findUnique({ where: { requestId } }))?.id ?? randomUUID()

const filed = async (world: VerbWorld, place: Place) => ({ ...place, requestId: await world.file(place) })

export const triageCalls: Calls = {
  'triage/file-ticket.ts fileTicket': {
    verb: 'ticket.file',
    about: 'subscriber',
    changes: true,
    prepare: async (_, place) => {
      await transaction('every-carrier', tx => tx.ticket.updateMany({ where: { requestId: null }, data: settled }))
      return place
    },
    call: async (_, actor, { subscriberId }) => {
      const said = { kind: 'other', subject: 'Lost', text: 'It is still gone.' } as const
      return fileTicket(actor, { ...(await accountOf(subscriberId)), ...said })
    },
  },
  'triage/add-to-ticket.ts addToTicket': {
    verb: 'ticket.add-entry',
    about: 'subscriber',
    changes: true,
    call: async (_, actor, { requestId }) => addToTicket(actor, { ticketId: await ticketOf(requestId), text: 'More.' }),
  },
  'triage/move-ticket.ts moveTicket': {
    verb: 'ticket.move',
    about: 'subscriber',
    changes: true,
    call: async (_, actor, { requestId }) =>
      moveTicket(actor, { ticketId: await ticketOf(requestId), priority: 'high' }),
  },
  'triage/followed-tickets.ts listFollowedTickets': {
    verb: 'ticket.follow',
    about: 'own list',
    call: (_, actor) => listFollowedTickets(actor, { take: 500 }),
  },
  'triage/followed-tickets.ts countFollowedTickets': {
    verb: 'ticket.follow',
    about: 'own list',
    tells: false,
    call: (_, actor) => countFollowedTickets(actor, {}),
  },
  'triage/followed-tickets.ts findFollowedTicket': {
    verb: 'ticket.follow',
    about: 'subscriber',
    call: async (_, actor, { requestId }) => findFollowedTicket(actor, await ticketOf(requestId)),
  },
  'triage/figures/read-figures.ts readFigures': {
    verb: 'figures.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => readFigures(actor),
  },
  'triage/figures/read-dashboard.ts readDashboard': {
    verb: 'dashboard.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => readDashboard(actor),
  },
  'triage/figures/count-figures.ts countFigures': {
    verb: 'figures.count',
    about: 'all',
    changes: true,
    call: (_, actor) => countFigures(actor),
  },
  'triage/take-next.ts takeNext': {
    verb: 'ticket.take',
    about: 'own list',
    changes: true,
    tells: false,
    prepare: world => world.file(world.places.own),
    call: (_, actor) => takeNext(actor),
  },
  'triage/take-ticket.ts takeTicket': {
    verb: 'ticket.take',
    about: 'subscriber',
    changes: true,
    prepare: filed,
    call: (_, actor, { requestId }) => takeTicket(actor, { requestId }),
  },
  'triage/leave-ticket.ts leaveTicket': {
    verb: 'ticket.take',
    about: 'subscriber',
    changes: true,
    prepare: filed,
    call: (_, actor, { requestId }) => leaveTicket(actor, { requestId }),
  },
}
