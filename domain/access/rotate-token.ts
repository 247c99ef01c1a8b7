import { z } from 'zod'
import { newTokenText, tokenHash } from '@/domain/access/token-text'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

/** How long the text before goes on working, so that a program can be given the new one without a gap. */
export const graceHours = 24

const rotateInput = z.object({ tokenId: z.uuid() })

/**
 * Gives the token another text and answers it; the one before works for {@link graceHours} more. Rotated again within that
 * time, only the last two work. The day on which the token ends stays.
 */
export async function rotateToken(
  actor: Actor,
  input: z.input<typeof rotateInput>,
  now = new Date(),
): Promise<{ text: string; previousUntil: Date }> {
  authorizeEver(actor, 'token.manage')
  const { tokenId: id } = parseInput(rotateInput, input)
  requireFreshProof(actor, now)
  const text = newTokenText()
  const previousUntil = new Date(now.getTime() + graceHours * 3_600_000)
  return transaction(actor, async tx => {
    const token = await tx.machineToken.findUnique({ where: { id } })
    if (!token) throw notFound('token')
    const { count } = await tx.machineToken.updateMany({
      where: { id, hash: token.hash, revokedAt: null, expiresAt: { gt: now } },
      data: { hash: tokenHash(text), previousHash: token.hash, previousUntil, rotatedAt: now },
    })
    if (count === 0) throw wrongState('token-ended', 'The token is revoked, has run out, or was rotated meanwhile.')
    await recordEvent(tx, actor, { subject: `token:${id}`, kind: 'token.rotated', carrierId: token.carrierId })
    return { text, previousUntil }
  })
}
