import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const revokeInput = z.object({ tokenId: z.uuid() })

/** Ends a token at once, also the text before its rotation. Done already, it changes nothing. */
export async function revokeToken(actor: Actor, input: z.input<typeof revokeInput>, now = new Date()): Promise<void> {
  authorizeEver(actor, 'token.manage')
  const { tokenId: id } = parseInput(revokeInput, input)
  await transaction(actor, async tx => {
    const token = await tx.machineToken.findUnique({ where: { id } })
    if (!token) throw notFound('token')
    const { count } = await tx.machineToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } })
    const open = { tokenId: id, status: { not: 'ended' } } as const
    await tx.webhookEndpoint.updateMany({ where: open, data: { status: 'ended', endedAt: now } })
    if (count > 0)
      await recordEvent(tx, actor, { subject: `token:${id}`, kind: 'token.revoked', carrierId: token.carrierId })
  })
}
