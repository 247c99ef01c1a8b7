import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { holdRequests } from '@/domain/identity/hold-requests'
import { takeForHold } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'

const lockInput = z.object({ subscriberId: z.uuid() })
type LockInput = z.input<typeof lockInput>

/** Locks restores: nothing is asked for, approved or carried on. Stopping needs no proof; locked twice is locked. */
export async function lockRestores(actor: Actor, input: LockInput, now = new Date()): Promise<void> {
  await transaction(actor, async tx => {
    const { carrierId, subscriberId, lockedAt } = await ownSubscriber(tx, actor, input)
    if (lockedAt) return
    await tx.subscriber.update({ where: { id: subscriberId }, data: { lockedAt: now } })
    const subject = `subscriber:${subscriberId}` as const
    await recordEvent(tx, actor, { subject, kind: 'subscriber.locked', carrierId, data: { subscriberId } }, now)
    await holdRequests(tx, actor, subscriberId, 'locked')
  })
}

/** Opens them again, with a fresh proof. What was held goes on when its subscriber says so. */
export async function unlockRestores(actor: Actor, input: LockInput, now = new Date()): Promise<void> {
  await transaction(actor, async tx => {
    const { carrierId, subscriberId, lockedAt } = await ownSubscriber(tx, actor, input)
    requireFreshProof(actor, now)
    if (!lockedAt) return
    await tx.subscriber.update({ where: { id: subscriberId }, data: { lockedAt: null } })
    const subject = `subscriber:${subscriberId}` as const
    await recordEvent(tx, actor, { subject, kind: 'subscriber.unlocked', carrierId, data: { subscriberId } }, now)
  })
}

async function ownSubscriber(tx: Tx, actor: Actor, input: LockInput) {
  const { subscriberId } = parseInput(lockInput, input)
  const found = await tx.subscriber.findUnique({ where: { id: subscriberId } })
  authorize(actor, 'restores.lock', { carrierId: found?.carrierId ?? null, subscriberId }, 'subscriber')
  if (!found) throw notFound('subscriber')
  await takeForHold(tx, subscriberId)
  const { carrierId, lockedAt } = await tx.subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
  return { carrierId, subscriberId, lockedAt }
}
