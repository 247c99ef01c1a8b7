import { z } from 'zod'
import { type Actor, actorId } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { waitDays } from '@/domain/retention/erasure-status'
import { isLegallyHeld } from '@/domain/retention/legal-hold'
import { moveErasure } from '@/domain/retention/move-erasure'
import { type Tx, transaction } from '@/domain/transaction'
import type { Erasure } from '@/prisma/generated/client'

const decideInput = z.object({ erasureId: z.uuid() })

/** Agrees, as another person than who asked. From now on the subscriber has seven days to take it back. */
export async function approveErasure(
  actor: Actor,
  input: z.input<typeof decideInput>,
  now = new Date(),
): Promise<{ dueAt: Date }> {
  authorizeEver(actor, 'erasure.decide')
  const { erasureId } = parseInput(decideInput, input)
  requireFreshProof(actor, now)
  const dueAt = new Date(now.getTime() + waitDays * 86_400_000)
  return transaction(actor, async tx => {
    const erasure = await erasureFor(tx, erasureId)
    if (erasure.askedBy === actorId(actor)) throw wrongState('erasure-takes-two', 'Another person has to decide this.')
    if (await isLegallyHeld(tx, erasure)) throw wrongState('legal-hold', 'A legal hold stands: refuse this, or wait.')
    const row = { decidedBy: actorId(actor), decidedAt: now, dueAt }
    const data = { dueAt: dueAt.toISOString() }
    await moveErasure(tx, actor, erasure, 'approve', { kind: 'erasure.approved', data, row, now })
    return { dueAt }
  })
}

/** Says no, also after somebody had agreed, as long as it has not begun. */
export async function refuseErasure(actor: Actor, input: z.input<typeof decideInput>, now = new Date()): Promise<void> {
  authorizeEver(actor, 'erasure.decide')
  const { erasureId } = parseInput(decideInput, input)
  requireFreshProof(actor, now)
  await transaction(actor, async tx => {
    const erasure = await erasureFor(tx, erasureId)
    // Who asked takes it back instead; and whoever agreed first stays the one who did.
    if (erasure.askedBy === actorId(actor)) throw wrongState('erasure-takes-two', 'Another person has to decide this.')
    const row = { decidedBy: erasure.decidedBy ?? actorId(actor), decidedAt: erasure.decidedAt ?? now, endedAt: now }
    await moveErasure(tx, actor, erasure, 'refuse', { kind: 'erasure.refused', row, now })
  })
}

async function erasureFor(tx: Tx, id: string): Promise<Erasure> {
  const erasure = await tx.erasure.findUnique({ where: { id } })
  if (!erasure) throw notFound('erasure')
  return erasure
}
