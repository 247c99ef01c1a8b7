import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { parseInput } from '@/domain/parse-input'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { AsideReason, DismissReason } from '@/domain/triage/aside-reason'

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
  /** Its tombstone; only of one ticket they are listed. */
  dismissed: { at: Date; by: string | null; reason: DismissReason } | null
}

/**
 * What was kept aside of the mail for one ticket, or for all that the actor may see; the newest first, 50 at a time, from
 * behind the one named. Of one ticket also what was dismissed, as tombstones.
 */
export async function listMailsAside(actor: Actor, input: z.input<typeof listInput> = {}): Promise<MailAside[]> {
  const { carrierId } = scope(actor, 'mail-aside.list')
  const { ticketId, before } = parseInput(listInput, input)
  const rows = await reader(actor).mailIn.findMany({
    where: {
      status: ticketId === undefined ? 'aside' : { in: ['aside', 'dismissed'] },
      ...(carrierId === undefined ? {} : { carrierId }),
      ...(ticketId === undefined ? {} : { ticketId }),
      ...(before === undefined ? {} : { id: { lt: before } }),
    },
    include: { ticket: { select: { reference: true, requestId: true } } },
    orderBy: { id: 'desc' },
    take: asideAtOnce,
  })
  const people = await reader(actor).staff.findMany({
    where: { id: { in: rows.flatMap(({ handledBy }) => handledBy ?? []) } },
    select: { id: true, name: true },
  })
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return rows.map(({ id, ticketId, reason, fromAddress, size, arrivedAt, ticket, ...row }) => {
    const { handledAt: at, handledBy, dismissReason } = row
    const by = names.get(handledBy ?? '') ?? null
    const dismissed = at === null ? null : { at, by, reason: dismissReason as DismissReason }
    return { id, ticketId, ...ticket, reason: reason as AsideReason, fromAddress, size, arrivedAt, dismissed }
  })
}
