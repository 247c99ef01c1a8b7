import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import { addStep } from '@/domain/triage/add-to-ticket'
import { entryText } from '@/domain/triage/entry-text'
import { retargetClocks, settleClocks } from '@/domain/triage/settle-clocks'
import { tellWatchers } from '@/domain/triage/tell-watchers'
import { notHeld, refuseMerged } from '@/domain/triage/ticket-to-change'
import { tagOf } from '@/domain/triage/tmf-status'
import type { Ticket } from '@/prisma/generated/client'
import type { TicketEnd, TicketStatus } from '@/prisma/generated/enums'

/** Into which state a carrier's program may take a ticket, and from which: the one table of it. */
export const ticketMoves = {
  open: { from: ['pending', 'resolved'], to: { status: 'open', endedAs: null } },
  pending: { from: ['open'], to: { status: 'pending', endedAs: null } },
  resolved: { from: ['open', 'pending'], to: { status: 'resolved', endedAs: null } },
  closed: { from: ['resolved'], to: { status: 'resolved', endedAs: 'closed' } },
  cancelled: { from: ['open', 'pending'], to: { status: 'resolved', endedAs: 'cancelled' } },
} as const satisfies Record<
  string,
  { from: readonly TicketStatus[]; to: { status: TicketStatus; endedAs: TicketEnd | null } }
>
export type TicketMove = keyof typeof ticketMoves

const moveInput = z.object({
  ticketId: z.uuid(),
  /** The tags of what whoever asks may have seen; null: however it is. */
  seen: z.array(z.string()).nullable().default(null),
  to: z.enum(Object.keys(ticketMoves) as [TicketMove, ...TicketMove[]]).optional(),
  priority: z.enum(['normal', 'high', 'urgent']).optional(),
  /** What the subscriber has told their carrier since. */
  texts: z.array(entryText).max(500).default([]),
})
type Moved = z.output<typeof moveInput>

/**
 * Adds what a subscriber has told their carrier since, and gives the ticket another state or priority: all of it or nothing. A restore's
 * state is its request's, and refused. What it is already is no change, and says nothing of itself.
 */
export async function moveTicket(actor: Actor, input: z.input<typeof moveInput>, now = new Date()): Promise<void> {
  const moved = parseInput(moveInput, input)
  const { ticketId, texts, to, priority } = moved
  await transaction(actor, async tx => {
    // One that was merged is not held: what is said in it is entered where it goes on, and its state cannot be changed.
    await tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ${ticketId}::uuid AND merged_into IS NULL FOR UPDATE`
    await refuseUnseen(tx, actor, moved, now)
    for (const text of texts) await addStep(tx, actor, { ticketId, text }, now)
    if (to !== undefined || priority !== undefined) await moveStep(tx, actor, moved, now)
  })
}

async function refuseUnseen(tx: Tx, actor: Actor, { ticketId: id, seen }: Moved, now: Date): Promise<void> {
  const ticket = await tx.ticket.findUnique({ where: { id }, include: { request: true } })
  authorize(actor, 'ticket.move', ticket ?? { carrierId: null, subscriberId: null }, 'ticket')
  if (!ticket) throw notFound('ticket')
  const { request } = ticket
  const stands = { ...ticket, requestStatus: request?.status ?? null, requestVersion: request?.version ?? null }
  if (seen !== null && !seen.includes(tagOf(stands, now)))
    throw new Refusal('stale', 'changed-meanwhile', 'The ticket has changed since it was read.')
}

async function moveStep(tx: Tx, actor: Actor, { ticketId: id, to, priority }: Moved, now: Date): Promise<void> {
  const ticket = await tx.ticket.findUniqueOrThrow({ where: { id } })
  refuseMerged(ticket)
  const there = to === undefined ? null : ticketMoves[to].to
  const isThere = there === null || (ticket.status === there.status && ticket.endedAs === there.endedAs)
  if (isThere && (priority === undefined || priority === ticket.priority)) return
  if (!isThere) refuseMove(ticket, to!)
  const nobodys = there && there.status !== 'open' ? { takenBy: null, takenUntil: null, ...notHeld } : {}
  const again = there?.status === 'open' && ticket.status !== 'open' ? { waitsSince: now } : {}
  const ended = there?.status === 'resolved' ? { askedSince: null } : {}
  const data = { ...(isThere ? {} : { ...there, ...nobodys, ...again, ...ended }), ...(priority ? { priority } : {}) }
  await tx.ticket.update({ where: { id }, data: { ...data, version: { increment: 1 } } })
  if (priority !== undefined && priority !== ticket.priority) await retargetClocks(tx, id, now)
  await settleClocks(tx, id, now)
  if (!isThere) await tellOfMove(tx, ticket, there!.status)
  const { carrierId, subscriberId } = ticket
  // A program says nothing to the subscriber itself: that it is resolved they hear by mail, that they took it back they know.
  const tell: Record<string, true> = !isThere && to === 'resolved' ? { tell: true } : {}
  const said = { subscriberId, ...tell, ...(isThere ? {} : { to: to! }), ...(priority ? { priority } : {}) }
  await recordEvent(tx, actor, { subject: `ticket:${id}`, kind: 'ticket.changed', carrierId, data: said }, now)
}

async function tellOfMove(tx: Tx, ticket: Ticket, status: TicketStatus): Promise<void> {
  if ((ticket.status === 'resolved') === (status === 'resolved')) return
  const what = status === 'resolved' ? 'resolved' : 'reopened'
  await tellWatchers(tx, ticket, { what, by: null, change: `${what}-${ticket.version + 1}` })
}

function refuseMove(
  ticket: { status: TicketStatus; endedAs: TicketEnd | null; requestId: string | null },
  to: TicketMove,
) {
  if (ticket.requestId !== null) throw wrongState('follows-request', 'A restore’s ticket stands as its request does.')
  const from = (ticketMoves[to].from as readonly TicketStatus[]).includes(ticket.status)
  // What was cancelled or closed is opened again first.
  const over = ticket.endedAs !== null && to !== 'open'
  if (!from || over)
    throw wrongState('cannot-move', `A ticket that is ${ticket.endedAs ?? ticket.status} cannot become ${to}.`)
}
