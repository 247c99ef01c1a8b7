import { z } from 'zod'
import type { Ticket } from '@/prisma/generated/client'
import type { TicketEnd, TicketStatus } from '@/prisma/generated/enums'

const statuses = ['open', 'pending', 'resolved'] as const satisfies readonly TicketStatus[]
const ends = ['closed', 'cancelled'] as const satisfies readonly TicketEnd[]
const moment = z.coerce.date()
const standing = z.object({
  status: z.enum(statuses),
  waitsSince: moment,
  askedSince: moment.nullable(),
  resolvedReason: z.string().nullable(),
  endedAs: z.enum(ends).nullable(),
  heldUntil: moment.nullable(),
  heldReason: z.string().nullable(),
})
const before = z.object({ ticket: standing, into: standing })

type Standing = z.output<typeof standing>

/** How a ticket stands: what a merge changes of one, and un-merging puts back. */
export function standingOfTicket(ticket: Ticket): Standing {
  const { status, waitsSince, askedSince, resolvedReason, endedAs, heldUntil, heldReason } = ticket
  return { status, waitsSince, askedSince, resolvedReason, endedAs, heldUntil, heldReason }
}

/** As a merge's row keeps it. */
export const keptBefore = (ticket: Ticket, into: Ticket) =>
  JSON.parse(JSON.stringify({ ticket: standingOfTicket(ticket), into: standingOfTicket(into) })) as object

/** What a merge's row says of the two as they were. */
export const readBefore = (kept: unknown): { ticket: Standing; into: Standing } => before.parse(kept)
