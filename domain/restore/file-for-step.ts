import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { refuseHeld } from '@/domain/identity/holds'
import type { Category } from '@/domain/record/category'
import { type Check, recordCheck } from '@/domain/restore/file-for-check'
import { newReference } from '@/domain/restore/new-reference'
import type { AskedRule } from '@/domain/restore/restore-inputs'
import type { Tx } from '@/domain/transaction'
import { openTicket } from '@/domain/triage/open-ticket'
import type { Holding } from '@/prisma/generated/client'

interface Wish {
  subscriber: { id: string; carrierId: string }
  account: { id: string; coolingUntil: Date | null }
  holdings: Pick<Holding, 'id' | 'category'>[]
  rule: AskedRule
  filingKey: string
  check: Check
}

/**
 * Files a restore for somebody whose identity the carrier has checked, in the caller's transaction, which holds the subscriber's
 * row. Refused while anything holds the subscriber; the check is kept with the request's ticket, and the event names its kind.
 */
export async function fileForStep(
  tx: Tx,
  actor: Actor,
  { subscriber, account, holdings, rule, filingKey, check }: Wish,
  now: Date,
): Promise<{ id: string; reference: string }> {
  const { id: subscriberId, carrierId } = subscriber
  await refuseHeld(tx, subscriberId, now, account)
  const items = holdings.map(({ id, category }, position) => ({ carrierId, category, holdingId: id, position }))
  const own = { carrierId, subscriberId, accountId: account.id, reference: newReference(), rule, filingKey }
  const request = await tx.restoreRequest.create({ data: { ...own, filedAt: now, items: { create: items } } })
  const ticket = await openTicket(tx, request, now)
  await recordCheck(tx, actor, ticket, check, now)
  const identityCheck = check.kind.replaceAll('_', '-')
  const holdingIds = holdings.map(({ id }) => id)
  const data = { subscriberId, accountId: account.id, holdingIds, rule, identityCheck, what: 'on-behalf' }
  await recordEvent(tx, actor, { subject: `request:${request.id}`, kind: 'request.filed', carrierId, data }, now)
  return { id: request.id, reference: request.reference }
}

/** Of each category the newest that may be given out. Throws Refusal "bad-input" where of one nothing was recovered. */
export async function newestOf(tx: Tx, subscriberId: string, wanted: readonly Category[]): Promise<Holding[]> {
  const rows = await tx.holding.findMany({
    where: { subscriberId, category: { in: [...wanted] }, batch: { status: { in: ['accepted', 'released'] } } },
    orderBy: [{ asOf: 'desc' }, { batch: { createdAt: 'desc' } }],
  })
  const newest = wanted.flatMap(category => rows.find(row => row.category === category && row.objectKey !== null) ?? [])
  if (newest.length < wanted.length)
    throw badInput('categories', 'nothing-recovered', 'Of one of the categories nothing was recovered.')
  return newest
}
