import { randomUUID } from 'node:crypto'
import type { Actor } from '@/domain/actor'
import { findOverlap } from '@/domain/restore/find-overlap'
import { transaction } from '@/domain/transaction'
import { escalateTicket, settleTicket } from '@/domain/triage/escalate-ticket'
import { findOpenQuestion } from '@/domain/triage/find-open-question'
import { endHold, holdTicket } from '@/domain/triage/hold-ticket'
import { listMergeTargets } from '@/domain/triage/list-merge-targets'
import { listWatchers } from '@/domain/triage/list-watchers'
import { mergeTicket } from '@/domain/triage/merge-ticket'
import { unmergeTicket } from '@/domain/triage/unmerge-ticket'
import { unwatchTicket } from '@/domain/triage/unwatch-ticket'
import { watchTicket } from '@/domain/triage/watch-ticket'
import type { MatrixWorld, Place } from '@/test/matrix/matrix-world'
import { questioned } from '@/test/matrix/verb-calls-conversation'
import type { Calls } from '@/test/matrix/verb-entry'

/** Another question of the same subscriber, made without a verb: it is there to be merged into. */
export async function anotherOf({ carrierId, subscriberId }: Place): Promise<string> {
  const said = { kind: 'other', subject: 'Another question', reference: `HW-${randomUUID()}` } as const
  const data = { carrierId, subscriberId, ...said, waitsSince: new Date() }
  return (await transaction('every-carrier', tx => tx.ticket.create({ data }))).id
}

export const leadIn = (world: MatrixWorld): Actor =>
  world.actors.find(([name]) => name === 'support_lead of installation')![1]

/** Under the place's ticket id: a question, with another of the same subscriber under the request's. */
export async function paired(world: MatrixWorld, place: Place): Promise<Place> {
  const asked = await questioned(world, place)
  return { ...asked, requestId: await anotherOf(asked) }
}

/** One that went into another. */
export async function merged(world: MatrixWorld, place: Place): Promise<Place> {
  const both = await paired(world, place)
  await mergeTicket(leadIn(world), { ticketId: both.ticketId, intoId: both.requestId })
  return both
}

export async function escalated(world: MatrixWorld, place: Place): Promise<Place> {
  const asked = await questioned(world, place)
  await escalateTicket(leadIn(world), { ticketId: asked.ticketId, reason: 'stuck' })
  return asked
}

export async function held(world: MatrixWorld, place: Place): Promise<Place> {
  const asked = await questioned(world, place)
  await holdTicket(leadIn(world), { ticketId: asked.ticketId, ...wait() })
  return asked
}

/** In a week. */
export const inAWeek = (): string => new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)
const wait = () => ({ day: inAWeek(), timeZone: 'UTC', reason: 'agreed-day', entryKey: randomUUID() }) as const

export const joinedCalls: Calls = {
  'triage/merge-ticket.ts mergeTicket': {
    about: 'subscriber',
    changes: true,
    prepare: paired,
    verb: 'ticket.merge',
    call: (_, actor, { ticketId, requestId }) => mergeTicket(actor, { ticketId, intoId: requestId }),
  },
  'triage/unmerge-ticket.ts unmergeTicket': {
    about: 'subscriber',
    changes: true,
    prepare: merged,
    verb: 'ticket.merge',
    call: (_, actor, { ticketId }) => unmergeTicket(actor, { ticketId }),
  },
  'triage/watch-ticket.ts watchTicket': {
    about: 'subscriber',
    changes: true,
    prepare: questioned,
    verb: 'ticket.watch',
    call: (_, actor, { ticketId }) => watchTicket(actor, { ticketId }),
  },
  'triage/unwatch-ticket.ts unwatchTicket': {
    about: 'subscriber',
    changes: true,
    prepare: questioned,
    verb: 'ticket.watch',
    call: (_, actor, { ticketId }) => unwatchTicket(actor, { ticketId }),
  },
  'triage/list-watchers.ts listWatchers': {
    about: 'subscriber',
    verb: 'ticket.history',
    call: (_, actor, { ticketId }) => listWatchers(actor, ticketId),
  },
  'triage/list-merge-targets.ts listMergeTargets': {
    about: 'subscriber',
    verb: 'ticket.merge',
    call: (_, actor, { ticketId }) => listMergeTargets(actor, ticketId),
  },
  'triage/find-open-question.ts findOpenQuestion': {
    about: 'own list',
    verb: 'ticket.list',
    tells: false,
    call: (world, actor) =>
      findOpenQuestion(actor, { kind: 'missing_records', aboutRequestId: world.places.own.requestId }),
  },
  'restore/find-overlap.ts findOverlap': {
    about: 'own list',
    verb: 'request.list',
    tells: false,
    call: (_, actor) => findOverlap(actor, [randomUUID()]),
  },
  'triage/escalate-ticket.ts escalateTicket': {
    about: 'subscriber',
    changes: true,
    prepare: questioned,
    verb: 'ticket.escalate',
    call: (_, actor, { ticketId }) => escalateTicket(actor, { ticketId, reason: 'stuck', note: 'It is stuck.' }),
  },
  'triage/escalate-ticket.ts settleTicket': {
    about: 'subscriber',
    changes: true,
    prepare: escalated,
    verb: 'ticket.settle',
    call: (_, actor, { ticketId }) => settleTicket(actor, { ticketId }),
  },
  'triage/hold-ticket.ts holdTicket': {
    about: 'subscriber',
    changes: true,
    prepare: questioned,
    verb: 'ticket.hold',
    call: (_, actor, { ticketId }) => holdTicket(actor, { ticketId, ...wait() }),
  },
  'triage/hold-ticket.ts endHold': {
    about: 'subscriber',
    changes: true,
    prepare: held,
    verb: 'ticket.hold',
    call: (_, actor, { ticketId }) => endHold(actor, { ticketId }),
  },
}
