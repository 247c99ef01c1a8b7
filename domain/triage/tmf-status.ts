import type { RequestStatus, TicketEnd, TicketStatus } from '@/prisma/generated/enums'

/** The states of a trouble ticket (TMF621 v4, TroubleTicketStatusType). */
export const tmfStatuses = [
  'acknowledged',
  'inProgress',
  'pending',
  'held',
  'resolved',
  'closed',
  'rejected',
  'cancelled',
] as const
export type TmfStatus = (typeof tmfStatuses)[number]

/** How a ticket stands for who looks at it from outside: as its request does, or by itself. */
export type Standing = RequestStatus | TicketStatus | 'taken' | 'closed' | 'cancelled'

/** The one table from ours to TM Forum's. */
export const tmfOf: Record<Standing, TmfStatus> = {
  filed: 'acknowledged',
  approved: 'inProgress',
  running: 'inProgress',
  waiting: 'pending',
  held: 'held',
  done: 'resolved',
  undone: 'resolved',
  declined: 'rejected',
  open: 'acknowledged',
  taken: 'inProgress',
  pending: 'pending',
  resolved: 'resolved',
  closed: 'closed',
  cancelled: 'cancelled',
}

/** How often a ticket has changed, by itself and with its request. */
export const changesOf = (ticket: { version: number }, request: { version: number } | null): number =>
  ticket.version + (request === null ? 0 : request.version - 1)

type Stands = Parameters<typeof standingOf>[0] & { version: number; requestVersion: number | null }

/** By which programs know whether what they have seen of a ticket is how it is: its changes, and whether somebody works on it. */
export function tagOf(ticket: Stands, now: Date): string {
  const version = changesOf(ticket, ticket.requestVersion === null ? null : { version: ticket.requestVersion })
  return standingOf(ticket, now) === 'taken' ? `${version}t` : String(version)
}

/** A ticket's standing; `requestStatus`: of a restore. */
export function standingOf(
  ticket: {
    status: TicketStatus
    endedAs: TicketEnd | null
    takenUntil: Date | null
    requestStatus: RequestStatus | null
  },
  now: Date,
): Standing {
  if (ticket.requestStatus !== null) return ticket.requestStatus
  if (ticket.endedAs !== null) return ticket.endedAs
  return ticket.status === 'open' && ticket.takenUntil !== null && ticket.takenUntil > now ? 'taken' : ticket.status
}
