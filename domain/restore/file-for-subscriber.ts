import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { refuseHeld } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { scope } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { newReference } from '@/domain/restore/new-reference'
import { accountNamed } from '@/domain/subscriber/account-named'
import { type Tx, transaction } from '@/domain/transaction'
import { openTicket } from '@/domain/triage/open-ticket'

/** How a carrier has made sure who asked: recorded, and read by whoever decides. */
export const identityChecks = ['in-shop', 'identity-document', 'account-pin', 'call-back'] as const

const fileInput = z.object({
  /** The carrier's own. */
  accountId: z.string().min(1).max(500),
  /** Its short name: where the token is every carrier's. */
  carrier: z.string().max(200).nullable().default(null),
  categories: z.array(z.enum(categories)).min(1).max(categories.length),
  rule: z.enum(['keep_both', 'merge', 'keep_current']),
  identityCheck: z.enum(identityChecks),
  /** The same key files one request. */
  filingKey: z.string().min(8).max(100),
})

/**
 * Files a restore for a subscriber whose identity the carrier has checked itself: of each category the newest that was recovered, to
 * the one device account that was known before the incident and to no other. A person approves it.
 */
export async function fileForSubscriber(
  actor: Actor,
  input: z.input<typeof fileInput>,
  now = new Date(),
): Promise<{ id: string; reference: string }> {
  const { carrierId: within } = scope(actor, 'request.file-for')
  const asked = parseInput(fileInput, input)
  return transaction(actor, async tx => {
    const subscriber = await accountNamed(tx, { ...asked, carrierId: within })
    if (!subscriber) throw notFound('subscriber')
    const { id: subscriberId, carrierId } = subscriber
    await tx.$queryRaw`SELECT 1 FROM subscribers WHERE id = ${subscriberId}::uuid FOR UPDATE`
    const { filingKey, rule, identityCheck } = asked
    const before = await tx.restoreRequest.findUnique({
      where: { subscriberId_filingKey: { subscriberId, filingKey } },
    })
    if (before) return { id: before.id, reference: before.reference }
    const account = await knownAccount(tx, subscriberId)
    await refuseHeld(tx, subscriberId, now, account)
    const holdings = await newestOf(tx, subscriberId, [...new Set(asked.categories)])
    const items = holdings.map(({ id, category }, position) => ({ carrierId, category, holdingId: id, position }))
    const own = { carrierId, subscriberId, accountId: account.id, reference: newReference(), rule, filingKey }
    const request = await tx.restoreRequest.create({ data: { ...own, filedAt: now, items: { create: items } } })
    await openTicket(tx, request, now)
    const data = { subscriberId, accountId: account.id, holdingIds: holdings.map(({ id }) => id), rule, identityCheck }
    await recordEvent(tx, actor, { subject: `request:${request.id}`, kind: 'request.filed', carrierId, data }, now)
    return { id: request.id, reference: request.reference }
  })
}

async function knownAccount(tx: Tx, subscriberId: string) {
  const accounts = await tx.deviceAccount.findMany({
    where: { subscriberId, coolingUntil: null, status: { not: 'removed' } },
  })
  const [account] = accounts
  if (!account) throw wrongState('no-known-account', 'No device account of theirs was known before the incident.')
  if (accounts.length > 1)
    throw wrongState('many-accounts', 'They have several device accounts: the subscriber chooses.')
  return account
}

async function newestOf(tx: Tx, subscriberId: string, wanted: (typeof categories)[number][]) {
  const rows = await tx.holding.findMany({
    where: { subscriberId, category: { in: wanted }, batch: { status: { in: ['accepted', 'released'] } } },
    orderBy: [{ asOf: 'desc' }, { batch: { createdAt: 'desc' } }],
  })
  const newest = wanted.flatMap(category => rows.find(row => row.category === category && row.objectKey !== null) ?? [])
  if (newest.length < wanted.length)
    throw badInput('categories', 'nothing-recovered', 'Of one of the categories nothing was recovered.')
  return newest
}
