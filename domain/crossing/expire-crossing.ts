import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { moveCrossing } from '@/domain/crossing/move-crossing'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const expireInput = z.object({ crossingId: z.uuid() })

/** Writes down that the consents did not come in time. Answers when to look again; null: nothing to wait for. */
export async function expireCrossing(
  actor: Actor,
  input: z.input<typeof expireInput>,
  now = new Date(),
): Promise<Date | null> {
  const { crossingId } = parseInput(expireInput, input)
  authorizeEver(actor, 'crossing.expire')
  return transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM crossings WHERE id = ${crossingId}::uuid FOR UPDATE`
    const crossing = await tx.crossing.findUnique({ where: { id: crossingId } })
    if (crossing?.status !== 'open' || crossing.expiresAt === null) return null
    if (crossing.expiresAt > now) return crossing.expiresAt
    await moveCrossing(tx, actor, crossing, 'crossing.expired', { status: 'expired', endedAt: now }, now)
    return null
  })
}
