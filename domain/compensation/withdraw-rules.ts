import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { takeVersions } from '@/domain/compensation/version-to-change'
import { personOf } from '@/domain/decision/move-decision'
import { badInput, Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const withdrawInput = z.object({
  carrierId: z.uuid(),
  incidentId: z.uuid(),
  /** Of the version that was shown. */
  number: z.int().min(1),
  reason: z.string().trim().max(500, 'why-long'),
})

/**
 * Withdraws the active version, by another person than those who wrote it, who they are proved within five minutes. It decides
 * about nobody from here on. What it has decided stays as it is: shown to whom it is about, and given to billing.
 */
export async function withdrawCompensation(
  actor: Actor,
  input: z.input<typeof withdrawInput>,
  now = new Date(),
): Promise<void> {
  const { carrierId, incidentId, number, reason } = parseInput(withdrawInput, input)
  authorize(actor, 'compensation.withdraw', { carrierId, subscriberId: null }, 'carrier')
  const endedBy = personOf(actor)
  requireFreshProof(actor, now)
  if (reason === '') throw badInput('reason', 'why-missing', 'Say why it is withdrawn.')
  await transaction(actor, async tx => {
    const versions = await takeVersions(tx, { carrierId, incidentId })
    const active = versions.find(({ status }) => status === 'active')
    if (!active) throw wrongState('rules-not-active', 'No version is active.')
    if (active.number !== number) throw new Refusal('stale', 'rules-stale', 'Another version is active than was shown.')
    if (active.writers.includes(endedBy))
      throw wrongState('rules-own-active', 'Another person has to withdraw what one has written in.')
    const data = { status: 'off', endedBy, endedAt: now, endedReason: reason } as const
    await tx.compensationVersion.update({ where: { id: active.id }, data })
    await tx.compensationRun.updateMany({
      where: { versionId: active.id, status: 'running' },
      data: { status: 'stopped', endedAt: now },
    })
    const happened = { subject: `compensation:${carrierId}`, kind: 'compensation.withdrawn', carrierId } as const
    await recordEvent(tx, actor, { ...happened, data: { incidentId, version: number } }, now)
  })
}
