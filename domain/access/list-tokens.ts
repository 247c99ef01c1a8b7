import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'

export type TokenStatus = 'active' | 'expired' | 'revoked'

export interface ListedToken {
  id: string
  name: string
  /** Null: for every carrier. */
  carrierName: string | null
  scopes: string[]
  status: TokenStatus
  createdAt: Date
  expiresAt: Date
  revokedAt: Date | null
  /** To the minute; null: never. */
  lastUsedAt: Date | null
  /** Until when the text before the last rotation works too; null: it does not. */
  previousUntil: Date | null
}

/** All tokens, those that work first, then the newest. Nothing of a token's text is kept that could be told. */
export async function listTokens(actor: Actor, now = new Date(), atMost = 500): Promise<ListedToken[]> {
  authorizeEver(actor, 'token.list')
  const rows = await reader(actor).machineToken.findMany({
    include: { carrier: { select: { name: true } } },
    omit: { hash: true, previousHash: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: atMost,
  })
  const listed = rows.map(({ carrier, previousUntil, carrierId: _, rotatedAt: __, ...row }): ListedToken => {
    const status = row.revokedAt !== null ? 'revoked' : row.expiresAt <= now ? 'expired' : 'active'
    const overlaps = status === 'active' && previousUntil !== null && previousUntil > now
    return { ...row, status, carrierName: carrier?.name ?? null, previousUntil: overlaps ? previousUntil : null }
  })
  return [...listed.filter(one => one.status === 'active'), ...listed.filter(one => one.status !== 'active')]
}

/** Carriers that a token can be made for, by name. */
export async function listTokenCarriers(actor: Actor): Promise<{ slug: string; name: string }[]> {
  authorizeEver(actor, 'token.list')
  return reader(actor).carrier.findMany({
    select: { slug: true, name: true },
    orderBy: [{ name: 'asc' }, { slug: 'asc' }],
  })
}
