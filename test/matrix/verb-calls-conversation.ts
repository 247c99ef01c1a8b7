import { randomUUID } from 'node:crypto'
import { system } from '@/domain/actor'
import { reader, transaction } from '@/domain/transaction'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { changeTicket } from '@/domain/triage/change-ticket'
import { findMacro, listMacroCarriers, listMacros, listMacrosFor, renderMacro } from '@/domain/triage/find-macros'
import { findTicket, findTicketOfRequest } from '@/domain/triage/find-ticket'
import { listColleagues } from '@/domain/triage/list-colleagues'
import { listOwnTickets, listTicketsOf } from '@/domain/triage/list-tickets'
import { noteTicket } from '@/domain/triage/note-ticket'
import { openQuestion } from '@/domain/triage/open-question'
import { readEntries } from '@/domain/triage/read-entries'
import { readTicketTimeline } from '@/domain/triage/read-ticket-timeline'
import { removeEntry } from '@/domain/triage/remove-entry'
import { removeMacro } from '@/domain/triage/remove-macro'
import { replyToTicket } from '@/domain/triage/reply-to-ticket'
import { reopenTicket, resolveTicket } from '@/domain/triage/resolve-ticket'
import { saveMacro } from '@/domain/triage/save-macro'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import type { Calls } from '@/test/matrix/verb-entry'

const operator = system('test')
const said = { text: 'What was said.', language: 'en' } as const
const wish = ({ subscriberId }: Pick<Place, 'subscriberId'>) => ({
  ...({ subscriberId, kind: 'other', subject: 'A question', ...said, openingKey: randomUUID() } as const),
})
const values = { name: '', reference: '', category: '', carrier: '', kind: '', date: '' }

/** Nobody has more than so many open questions. */
async function settled(_world: MatrixWorld, place: Place): Promise<Place> {
  const { subscriberId } = place
  const nobodys = { takenBy: null, takenUntil: null }
  await transaction('every-carrier', tx =>
    tx.ticket.updateMany({ where: { subscriberId, requestId: null }, data: { status: 'resolved', ...nobodys } }),
  )
  return place
}

/** A question of the place's own, under its ticket id. */
export async function questioned(world: MatrixWorld, place: Place): Promise<Place> {
  await settled(world, place)
  const { id, reference } = await openQuestion(operator, wish(place))
  place.marks.push(id, reference)
  return { ...place, ticketId: id }
}

/** One that is resolved, by nobody in particular. */
export async function resolved(world: MatrixWorld, place: Place): Promise<Place> {
  const open = await questioned(world, place)
  const [, lead] = world.actors.find(([name]) => name === 'support_lead of installation')!
  await resolveTicket(lead, { ticketId: open.ticketId, reason: 'answered' })
  return open
}

/** The first entry of a ticket; of one that has none an id that is nobody's. */
export async function firstEntry(ticketId: string): Promise<string> {
  const entry = await reader('every-carrier').ticketEntry.findFirst({ where: { ticketId }, select: { id: true } })
  return entry?.id ?? randomUUID()
}

export const conversationCalls: Calls = {
  'triage/open-question.ts openQuestion': {
    about: 'subscriber',
    verb: 'ticket.open',
    changes: true,
    prepare: settled,
    call: async (_, actor, place) => {
      const { id, reference } = await openQuestion(actor, wish(place))
      place.marks.push(id, reference)
    },
  },
  'triage/reply-to-ticket.ts replyToTicket': {
    about: 'subscriber',
    changes: true,
    prepare: questioned,
    verb: 'ticket.reply',
    call: (_, actor, { ticketId }) => replyToTicket(actor, { ticketId, ...said }),
  },
  'triage/answer-ticket.ts answerTicket': {
    about: 'subscriber',
    changes: true,
    prepare: questioned,
    verb: 'ticket.answer',
    call: (_, actor, { ticketId }) =>
      answerTicket(actor, { ticketId, text: 'An answer.', after: 'wait', entryKey: randomUUID() }),
  },
  'triage/note-ticket.ts noteTicket': {
    about: 'subscriber',
    changes: true,
    prepare: questioned,
    verb: 'ticket.note',
    call: (_, actor, { ticketId }) => noteTicket(actor, { ticketId, ...said, entryKey: randomUUID() }),
  },
  'triage/change-ticket.ts changeTicket': {
    about: 'subscriber',
    changes: true,
    prepare: questioned,
    verb: 'ticket.change',
    call: (_, actor, { ticketId }) => changeTicket(actor, { ticketId, priority: 'urgent' }),
  },
  'triage/resolve-ticket.ts resolveTicket': {
    about: 'subscriber',
    changes: true,
    prepare: questioned,
    verb: 'ticket.change',
    call: (_, actor, { ticketId }) => resolveTicket(actor, { ticketId, reason: 'put-right' }),
  },
  'triage/resolve-ticket.ts reopenTicket': {
    about: 'subscriber',
    changes: true,
    prepare: resolved,
    verb: 'ticket.change',
    call: (_, actor, { ticketId }) => reopenTicket(actor, { ticketId, reason: 'not-solved' }),
  },
  'triage/remove-entry.ts removeEntry': {
    about: 'subscriber',
    changes: true,
    prepare: questioned,
    verb: 'entry.remove',
    call: async (_, actor, { ticketId }) =>
      removeEntry(actor, { ticketId, entryId: await firstEntry(ticketId), reason: 'asked-to' }),
  },
  'triage/find-ticket.ts findTicket': {
    about: 'subscriber',
    verb: 'ticket.read',
    call: (_, actor, { ticketId }) => findTicket(actor, ticketId),
  },
  'triage/find-ticket.ts findTicketOfRequest': {
    about: 'subscriber',
    verb: 'ticket.read',
    call: (_, actor, { requestId }) => findTicketOfRequest(actor, requestId),
  },
  'triage/read-entries.ts readEntries': {
    about: 'subscriber',
    verb: 'ticket.read',
    call: (_, actor, { ticketId }) => readEntries(actor, { ticketId }),
  },
  'triage/read-ticket-timeline.ts readTicketTimeline': {
    about: 'subscriber',
    verb: 'ticket.history',
    call: (_, actor, { ticketId }) => readTicketTimeline(actor, ticketId),
  },
  'triage/list-colleagues.ts listColleagues': {
    about: 'subscriber',
    verb: 'ticket.note',
    call: (_, actor, { ticketId }) => listColleagues(actor, ticketId),
  },
  'triage/list-tickets.ts listOwnTickets': {
    about: 'own list',
    verb: 'ticket.list',
    changes: true,
    prepare: world => questioned(world, world.places.own),
    call: (_, actor) => listOwnTickets(actor),
  },
  'triage/list-tickets.ts listTicketsOf': {
    about: 'subscriber',
    verb: 'ticket.read',
    call: (_, actor, { subscriberId }) => listTicketsOf(actor, { subscriberId }),
  },
  'triage/save-macro.ts saveMacro': {
    about: 'holder',
    verb: 'macro.manage',
    changes: true,
    call: (_, actor, { carrierId }) =>
      saveMacro(actor, { carrierId, code: `m-${randomUUID()}`, textEn: 'Hello {name}.', textFr: 'Bonjour {name}.' }),
  },
  'triage/remove-macro.ts removeMacro': {
    about: 'carrier',
    verb: 'macro.manage',
    changes: true,
    prepare: async (world, house) => ({ ...house, macroId: await world.macro(house.carrierId) }),
    call: (_, actor, { macroId }) => removeMacro(actor, { macroId }),
  },
  'triage/find-macros.ts listMacros': {
    about: 'carrier list',
    verb: 'macro.use',
    call: (_, actor) => listMacros(actor),
  },
  'triage/find-macros.ts findMacro': {
    about: 'carrier',
    verb: 'macro.use',
    call: (_, actor, { macroId }) => findMacro(actor, macroId),
  },
  'triage/find-macros.ts renderMacro': {
    about: 'carrier',
    verb: 'macro.use',
    call: (_, actor, { macroId }) => renderMacro(actor, { macroId, language: 'en', values }),
  },
  'triage/find-macros.ts listMacrosFor': {
    about: 'carrier',
    verb: 'macro.use',
    ofNobody: 'yes',
    call: (_, actor, { carrierId }) => listMacrosFor(actor, carrierId),
  },
  'triage/find-macros.ts listMacroCarriers': {
    about: 'carrier list',
    verb: 'macro.manage',
    tells: false,
    call: (_, actor) => listMacroCarriers(actor),
  },
}
