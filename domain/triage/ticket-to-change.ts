import type { Actor } from '@/domain/actor'
import { notFound, Refusal, wrongState } from '@/domain/errors'
import { authorize, type PolicyVerb } from '@/domain/policy'
import type { Prisma, Tx } from '@/domain/transaction'
import { ticketStatusOf } from '@/domain/triage/ticket-status'
import type { TicketStatus } from '@/prisma/generated/enums'

const withRequest = { request: { select: { status: true, waitReason: true } } } satisfies Prisma.TicketInclude
export type TicketToChange = Prisma.TicketGetPayload<{ include: typeof withRequest }>

/** One ticket, held till the transaction ends: what was entered meanwhile is in what is read. */
export async function ticketToChange(tx: Tx, actor: Actor, verb: PolicyVerb, id: string): Promise<TicketToChange> {
  await tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ${id}::uuid FOR UPDATE`
  const ticket = await loadToChange(tx, id)
  authorize(actor, verb, ticket ?? { carrierId: null, subscriberId: null }, 'ticket')
  if (!ticket) throw notFound('ticket')
  if (!(inMerged as readonly PolicyVerb[]).includes(verb)) refuseMerged(ticket)
  return ticket
}

/** What is still done in a ticket that was merged: what must not stay goes, and what the subscriber writes finds its way. */
const inMerged = ['entry.remove', 'ticket.reply', 'ticket.add-entry'] as const satisfies PolicyVerb[]

/** One ticket with what decides about its changes; the caller holds its row. */
export const loadToChange = (tx: Tx, id: string): Promise<TicketToChange | null> =>
  tx.ticket.findUnique({ where: { id }, include: withRequest })

/** Refuses where it goes on in another one. */
export function refuseMerged({ mergedInto }: { mergedInto: string | null }): void {
  if (mergedInto !== null) throw wrongState('ticket-merged', 'The ticket was merged into another one.')
}

/** Refuses what was written to something else than what is there now: nobody answers past what they have not read. */
export function refuseUnseen({ version }: TicketToChange, seen: number | undefined): void {
  if (seen === undefined || seen === version) return
  throw new Refusal('stale', 'ticket-changed', 'The ticket has changed since it was shown.')
}

/** Refuses where a colleague works on it now: two people do not answer the same person side by side. */
export function refuseTakenTicket({ takenBy, takenUntil }: TicketToChange, actor: Actor, now: Date): void {
  if (takenBy === null || takenUntil === null || takenUntil <= now) return
  if ('staffId' in actor && actor.staffId === takenBy) return
  throw wrongState('taken', 'A colleague is working on this ticket.')
}

/** Where a ticket stands by itself, with nothing left to answer: a restore's with its request. */
export function restingStatus({ status, request }: TicketToChange): TicketStatus {
  return request === null ? status : ticketStatusOf(request.status, request.waitReason)
}

/** No longer held by hand till a day. */
export const notHeld = { heldUntil: null, heldReason: null }

/** What changes with a ticket's status: whoever waits for one of us waits since now, and nobody has what waits for nobody. */
export function movedTo(from: TicketStatus, status: TicketStatus, now: Date) {
  if (status === 'open')
    return { status, resolvedReason: null, endedAs: null, ...(from === 'open' ? {} : { waitsSince: now }) }
  const nobodys = { takenBy: null, takenUntil: null, ...notHeld }
  return { status, endedAs: null, ...nobodys, ...(status === 'pending' ? { resolvedReason: null } : {}) }
}
