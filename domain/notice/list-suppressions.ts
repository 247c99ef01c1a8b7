import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { keyBytes, phoneNumber, recipientKeys } from '@/domain/notification/recipient-key'
import { may, scope } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Prisma, reader } from '@/domain/transaction'
import type { Channel } from '@/prisma/generated/enums'

/** Of an address only a keyed digest is kept: whoever looks for one has to know it. */
export interface ListedSuppression {
  id: string
  channel: Channel
  reason: string
  createdAt: Date
}

/** The newest first, a page at a time by keyset; with `address`, that address's alone. */
export async function listSuppressions(
  actor: Actor,
  secrets: Secrets,
  { address, after, take = 50 }: { address?: string; after?: string; take?: number } = {},
): Promise<{ suppressions: ListedSuppression[]; next: string | null }> {
  const within = carrierScope(actor)
  const cursor = after && (await reader(actor).suppression.findFirst({ where: { id: after, ...within } }))
  if (after && !cursor) return { suppressions: [], next: null }
  const rows = await reader(actor).suppression.findMany({
    where: { ...within, ...(address && keysOf(secrets, address)) },
    select: { id: true, channel: true, reason: true, createdAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: take + 1,
    ...(cursor && { cursor: { id: cursor.id }, skip: 1 }),
  })
  const suppressions = rows.slice(0, take)
  return { suppressions, next: rows.length > take ? suppressions.at(-1)!.id : null }
}

export async function findSuppression(actor: Actor, id: string): Promise<ListedSuppression> {
  const row = await reader(actor).suppression.findFirst({
    where: { id, ...carrierScope(actor) },
    select: { id: true, channel: true, reason: true, createdAt: true },
  })
  if (!row) throw notFound('suppression')
  return row
}

/** How many addresses are on the list. */
export async function countSuppressions(actor: Actor): Promise<number> {
  return reader(actor).suppression.count({ where: carrierScope(actor) })
}

/** The installation's own approvers have every carrier's list; what holds for all carriers is not theirs to see. */
function carrierScope(actor: Actor): Prisma.SuppressionWhereInput {
  const { carrierId } = scope(actor, 'suppression.manage')
  if (carrierId !== undefined) return { carrierId }
  const ofNoCarrier = { carrierId: null, subscriberId: null }
  return may(actor, 'suppression.manage', ofNoCarrier) ? {} : { carrierId: { not: null } }
}

function keysOf(secrets: Secrets, typed: string): Prisma.SuppressionWhereInput {
  const phone = phoneNumber(typed, 'US')
  const keys = [...recipientKeys(secrets, 'mail', typed), ...(phone ? recipientKeys(secrets, 'sms', phone) : [])]
  return { addressKey: { in: keys.map(keyBytes) } }
}
