import { tokenHash } from '@/domain/access/token-text'
import type { Actor } from '@/domain/actor'
import { reader, transaction } from '@/domain/transaction'

const minuteMs = 60_000

/**
 * Who acts by a token (domain/access/token-text.ts: bearerToken), or null where it is none that works. Notes that it was
 * used, at most once a minute: a program that asks all the time must not write all the time.
 */
export async function actorOfToken(text: string, now = new Date()): Promise<Actor | null> {
  const hash = tokenHash(text)
  const token = await reader('every-carrier').machineToken.findFirst({
    where: {
      OR: [{ hash }, { previousHash: hash, previousUntil: { gt: now } }],
      revokedAt: null,
      expiresAt: { gt: now },
    },
  })
  if (!token) return null
  const { id, carrierId, scopes, lastUsedAt } = token
  const before = new Date(now.getTime() - minuteMs)
  if (lastUsedAt === null || lastUsedAt <= before) {
    const unnoted = { OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: before } }] }
    await transaction('every-carrier', tx =>
      tx.machineToken.updateMany({ where: { id, ...unnoted }, data: { lastUsedAt: now } }),
    )
  }
  return { role: 'machine', tokenId: id, carrierId, scopes }
}
