import { randomUUID } from 'node:crypto'
import { reader, transaction } from '@/domain/transaction'
import { addToTicket } from '@/domain/triage/add-to-ticket'
import { chooseLanguages } from '@/domain/triage/choose-languages'
import { endPresence } from '@/domain/triage/end-presence'
import { countFigures } from '@/domain/triage/figures/count-figures'
import { readDashboard } from '@/domain/triage/figures/read-dashboard'
import { readFigures } from '@/domain/triage/figures/read-figures'
import { fileTicket } from '@/domain/triage/file-ticket'
import { countFollowedTickets, findFollowedTicket, listFollowedTickets } from '@/domain/triage/followed-tickets'
import { leaveTicket } from '@/domain/triage/leave-ticket'
import { moveTicket } from '@/domain/triage/move-ticket'
import { notePresence } from '@/domain/triage/note-presence'
import { readWorking } from '@/domain/triage/read-working'
import { switchShortcuts } from '@/domain/triage/switch-shortcuts'
import { takeNext } from '@/domain/triage/take-next'
import { takeTicket } from '@/domain/triage/take-ticket'
import { accountOf } from '@/test/matrix/account-of'
import type { Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'
import type { VerbWorld } from '@/test/matrix/verb-world'

const settled = { status: 'resolved' } as const
/** Of the place's request, by its id; of somebody's who is not there, one that is not there. */
const ticketOf = async ({ requestId }: Pick<Place, 'requestId'>): Promise<string> =>
  (await reader('every-carrier').ticket.findUnique({ where: { requestId } }))?.id ?? requestId

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
    call: async (_, actor, { requestId }) =>
      addToTicket(actor, { ticketId: await ticketOf({ requestId }), text: 'More.' }),
  },
  'triage/move-ticket.ts moveTicket': {
    verb: 'ticket.move',
    about: 'subscriber',
    changes: true,
    call: async (_, actor, { requestId }) =>
      moveTicket(actor, { ticketId: await ticketOf({ requestId }), priority: 'high' }),
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
    call: async (_, actor, { requestId }) => findFollowedTicket(actor, await ticketOf({ requestId })),
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
  'triage/read-working.ts readWorking': {
    verb: 'working.choose',
    about: 'own list',
    tells: false,
    call: (_, actor) => readWorking(actor),
  },
  'triage/switch-shortcuts.ts switchShortcuts': {
    verb: 'working.choose',
    about: 'own list',
    changes: true,
    tells: false,
    call: (_, actor) => switchShortcuts(actor, { on: false }),
  },
  'triage/choose-languages.ts chooseLanguages': {
    verb: 'staff.choose-languages',
    about: 'own list',
    changes: true,
    tells: false,
    // Whoever works here chooses for themselves; an administrator as much.
    call: (_, actor) =>
      chooseLanguages(actor, { staffId: 'staffId' in actor ? actor.staffId : randomUUID(), languages: ['fr'] }),
  },
  'triage/note-presence.ts notePresence': {
    verb: 'presence.note',
    about: 'subscriber',
    changes: true,
    call: async (_, actor, place) => notePresence(actor, { ticketId: await ticketOf(place) }),
  },
  'triage/end-presence.ts endPresence': {
    verb: 'presence.note',
    about: 'subscriber',
    changes: true,
    call: async (_, actor, place) => endPresence(actor, { ticketId: await ticketOf(place) }),
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
