import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { parseInput } from '@/domain/parse-input'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { AsideReason } from '@/domain/triage/aside-reason'

const listInput = z.object({ ticketId: z.uuid().optional(), before: z.uuid().optional() })
export const asideAtOnce = 50

/** A mail that was kept aside: where it was for, from whom, and why. What it says lies sealed. */
export interface MailAside {
  id: string
  ticketId: string
  /** Of the ticket. */
  reference: string
  requestId: string | null
  reason: AsideReason
  fromAddress: string | null
  /** Octets. */
  size: number
  arrivedAt: Date
}

/**
 * What was kept aside of the mail for one ticket, or for all that the actor may see; the newest first, 50 at a time, from
 * behind the one named.
 */
export async function listMailsAside(actor: Actor, input: z.input<typeof listInput> = {}): Promise<MailAside[]> {
  const { carrierId } = scope(actor, 'mail-aside.list')
  const { ticketId, before } = parseInput(listInput, input)
  const rows = await reader(actor).mailIn.findMany({
    where: {
      status: 'aside',
      ...(carrierId === undefined ? {} : { carrierId }),
      ...(ticketId === undefined ? {} : { ticketId }),
      ...(before === undefined ? {} : { id: { lt: before } }),
    },
    include: { ticket: { select: { reference: true, requestId: true } } },
    orderBy: { id: 'desc' },
    take: asideAtOnce,
  })
  return rows.map(({ id, ticketId, reason, fromAddress, size, arrivedAt, ticket }) => {
    return { id, ticketId, ...ticket, reason: reason as AsideReason, fromAddress, size, arrivedAt }
  })
}
