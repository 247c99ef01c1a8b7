import { isWaitReason, waitReasons } from '@/domain/restore/wait-reason'
import type { RequestStatus, TicketStatus } from '@/prisma/generated/enums'

const over = new Set<RequestStatus>(['done', 'declined', 'undone'])

/** Where a ticket stands while its request is in a state, which it may have taken for a reason of restore/wait-reason.ts. */
export function ticketStatusOf(status: RequestStatus, reason: string | null): TicketStatus {
  if (over.has(status)) return 'resolved'
  if (status === 'filed') return 'open'
  const isStuck = status === 'held' || status === 'waiting'
  return isStuck && isWaitReason(reason) && waitReasons[reason].needs === 'support' ? 'open' : 'pending'
}

/** In which states what may be done with a ticket. */
const ticketActions = {
  take: ['open'],
  resolve: ['open', 'pending'],
  reopen: ['resolved'],
} as const satisfies Record<string, readonly TicketStatus[]>
export type TicketAction = keyof typeof ticketActions

export const allowsTicket = (action: TicketAction, status: TicketStatus): boolean =>
  (ticketActions[action] as readonly TicketStatus[]).includes(status)

interface WithRequest {
  status: TicketStatus
  /** Whose ticket it is, where it is a restore's. */
  request: { status: RequestStatus; waitReason: string | null } | null
}

/** Whether support asked the subscriber something: a restore's ticket is pending while the workers go on, too. */
export const waitsForSubscriber = ({ status, request }: WithRequest): boolean =>
  status === 'pending' && (request === null || ticketStatusOf(request.status, request.waitReason) !== 'pending')

/** How long a ticket is kept for whoever took it and does nothing with it. */
export const takenForMs = 15 * 60_000
