import { z } from 'zod'
import { requireVersion } from '@/app/_shell/machine/conditions'
import { operation } from '@/app/_shell/machine/operation'
import { linkToNext, nextCursor, pageOf, pageQuery } from '@/app/api/_catalogue/paging'
import { addToTicket } from '@/domain/triage/add-to-ticket'
import { fileTicket } from '@/domain/triage/file-ticket'
import {
  type FollowedEntry,
  type FollowedTicket,
  findFollowedTicket,
  listFollowedTickets,
} from '@/domain/triage/followed-tickets'
import { moveTicket } from '@/domain/triage/move-ticket'
import { type Standing, tmfOf } from '@/domain/triage/tmf-status'

export const ticketRoute = '/api/v1/tickets'

type TicketKind = FollowedTicket['kind']

/** Ours by its name outside. */
export const kindNames = {
  restore: 'restore',
  'missing-records': 'missing_records',
  'advice-loss': 'advice_loss',
  'wrong-account': 'wrong_account',
  compensation: 'compensation',
  other: 'other',
} as const satisfies Record<string, TicketKind>
export type KindName = keyof typeof kindNames
export const nameOfKind = (kind: TicketKind): KindName => kind.replaceAll('_', '-') as KindName

export const kindName = z.enum(Object.keys(kindNames) as [KindName, ...KindName[]])
const standing = z.enum(Object.keys(tmfOf) as [Standing, ...Standing[]])
const priority = z.enum(['normal', 'high', 'urgent'])

const ticket = z
  .object({
    id: z.uuid(),
    reference: z.string().meta({ description: 'As people read it out.', example: 'HW-2K7Q-F3AA' }),
    kind: kindName,
    status: standing.meta({ description: 'Of a restore: its request’s. "taken": somebody works on it now.' }),
    subject: z.string().nullable(),
    priority,
    carrier: z.string(),
    subscriber: z.string().meta({ description: 'The carrier’s own account id.' }),
    restoreRequest: z.uuid().nullable().meta({ description: 'The request that it is, or is about.' }),
    mergedInto: z.uuid().nullable().meta({
      description: 'The ticket in which it goes on: what is said in this one is added there.',
    }),
    openedAt: z.iso.datetime(),
    version: z.int(),
  })
  .meta({ id: 'Ticket' })

const entry = z.object({
  id: z.uuid(),
  from: z.enum(['subscriber', 'support']),
  at: z.iso.datetime(),
  text: z.string().nullable().meta({ description: 'Null: it was removed.' }),
})
const whole = ticket.extend({ entries: z.array(entry) }).meta({ id: 'WholeTicket' })

export function ticketBody(one: FollowedTicket): z.input<typeof ticket> {
  const { id, reference, status, subject, carrier, mergedInto, version } = one
  return {
    ...{ id, reference, status, subject, carrier, mergedInto, version, priority: one.priority },
    kind: nameOfKind(one.kind),
    subscriber: one.subscriberAccountId,
    restoreRequest: one.requestId,
    openedAt: one.openedAt.toISOString(),
  }
}

export const toldWhole = (one: FollowedTicket & { entries: FollowedEntry[] }) => ({
  body: { ...ticketBody(one), entries: one.entries.map(said => ({ ...said, at: said.at.toISOString() })) },
  version: one.tag,
  subscriberId: one.subscriberId,
})

export const byId = z.object({ id: z.uuid() })

export const ticketOperations = [
  operation({
    id: 'listTickets',
    method: 'GET',
    route: ticketRoute,
    verb: 'ticket.follow',
    tag: 'tickets',
    summary: 'Tickets, in the order in which they were opened',
    query: z.strictObject({
      status: standing.optional(),
      kind: kindName.optional(),
      priority: priority.optional(),
      subscriber: z.string().max(200).optional().meta({ description: 'The carrier’s own account id.' }),
      ...pageQuery,
    }),
    output: z.object({ tickets: z.array(ticket), next: nextCursor }).meta({ id: 'TicketPage' }),
    async answer({ actor, secrets, query: { limit, cursor, ...filters } }) {
      const { status, kind, subscriber } = filters
      const wish = {
        ...{ standings: status && [status], kind: kind && kindNames[kind] },
        ...{ priority: filters.priority, accountId: subscriber },
      }
      const list = `tickets ${JSON.stringify([actor.carrierId, status, kind, filters.priority, subscriber])}`
      const { rows, next } = await pageOf(
        secrets,
        list,
        { limit, cursor },
        part => listFollowedTickets(actor, { ...wish, ...part }),
        ({ openedAt, id }) => ({ at: openedAt, id }),
      )
      return { body: { tickets: rows.map(ticketBody), next }, ...linkToNext(ticketRoute, { ...filters, limit }, next) }
    },
  }),
  operation({
    id: 'readTicket',
    method: 'GET',
    route: `${ticketRoute}/[id]`,
    verb: 'ticket.follow',
    tag: 'tickets',
    summary: 'One ticket, with what was said in it',
    params: byId,
    output: whole,
    answer: async ({ actor, params: { id } }) => toldWhole(await findFollowedTicket(actor, id)),
  }),
  operation({
    id: 'openTicket',
    method: 'POST',
    route: ticketRoute,
    verb: 'ticket.file',
    tag: 'tickets',
    summary: 'Opens a ticket for a subscriber, with what they told their carrier',
    description:
      'Where one of the same kind about the same restore request is open, what they told is added there, and that one is answered.',
    body: z.strictObject({
      subscriber: z.string().min(1).max(500).meta({ description: 'The carrier’s own account id.' }),
      carrier: z.string().max(200).optional().meta({ description: 'Its short name: of a token for every carrier.' }),
      kind: kindName.exclude(['restore']),
      subject: z.string().trim().min(1).max(200),
      text: z.string().min(1).max(20_000),
      priority: priority.optional(),
      restoreRequest: z.uuid().optional().meta({ description: 'The request that it is about.' }),
    }),
    status: 201,
    key: 'demanded',
    output: whole,
    async answer({ actor, body: { subscriber, carrier = null, kind, restoreRequest = null, ...said } }) {
      const about = { accountId: subscriber, carrier, aboutRequestId: restoreRequest }
      const { id } = await fileTicket(actor, { ...about, ...said, kind: kindNames[kind] })
      return { ...toldWhole(await findFollowedTicket(actor, id)), location: `${ticketRoute}/${id}` }
    },
  }),
  operation({
    id: 'addToTicket',
    method: 'POST',
    route: `${ticketRoute}/[id]/entries`,
    verb: 'ticket.add-entry',
    tag: 'tickets',
    summary: 'Adds what the subscriber has told their carrier since: the ticket waits for support again',
    params: byId,
    body: z.strictObject({ text: z.string().min(1).max(20_000) }),
    status: 201,
    key: 'demanded',
    output: whole,
    async answer({ actor, params: { id }, body: { text } }) {
      await addToTicket(actor, { ticketId: id, text })
      return toldWhole(await findFollowedTicket(actor, id))
    },
  }),
  operation({
    id: 'changeTicket',
    method: 'PATCH',
    route: `${ticketRoute}/[id]`,
    verb: 'ticket.move',
    tag: 'tickets',
    summary: 'Gives a ticket another state or priority',
    description: 'A restore’s ticket stands as its request does, and takes another priority only.',
    params: byId,
    body: z
      .strictObject({ status: z.enum(['open', 'pending', 'resolved', 'closed', 'cancelled']), priority })
      .partial(),
    bodyType: 'application/merge-patch+json',
    key: 'taken',
    condition: 'demanded',
    output: whole,
    async answer({ actor, params: { id }, body: { status, priority: wanted }, versions }) {
      const { tag } = await findFollowedTicket(actor, id)
      requireVersion(versions, tag)
      const change = { ...(status && { to: status }), ...(wanted && { priority: wanted }) }
      await moveTicket(actor, { ticketId: id, seen: versions && [...versions], ...change })
      return toldWhole(await findFollowedTicket(actor, id))
    },
  }),
]
