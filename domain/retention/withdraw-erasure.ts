import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { moveErasure } from '@/domain/retention/move-erasure'
import { transaction } from '@/domain/transaction'

const withdrawInput = z.object({ erasureId: z.uuid() })

/**
 * Takes an erasure back before it has begun. Asks for no proof but the sign-in: it changes nothing and gives nothing out,
 * and whoever has lost their second factor must be able to stop it.
 */
export async function withdrawErasure(
  actor: Actor,
  input: z.input<typeof withdrawInput>,
  now = new Date(),
): Promise<void> {
  const { erasureId } = parseInput(withdrawInput, input)
  await transaction(actor, async tx => {
    const erasure = await tx.erasure.findUnique({ where: { id: erasureId } })
    authorize(actor, 'erasure.withdraw', erasure ?? { carrierId: null, subscriberId: null }, 'erasure')
    if (!erasure) throw notFound('erasure')
    const row = { endedAt: now }
    await moveErasure(tx, actor, erasure, 'withdraw', { kind: 'erasure.withdrawn', row, now })
  })
}
