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

/** How long a ticket is kept for whoever took it and does nothing with it. */
export const takenForMs = 15 * 60_000
