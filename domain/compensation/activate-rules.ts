import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { draftAsSeen, takeVersions } from '@/domain/compensation/version-to-change'
import { personOf } from '@/domain/decision/move-decision'
import { Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { dryRunHours, isWide } from '@/domain/triage/rules/rule-inputs'

const activateInput = z.object({
  carrierId: z.uuid(),
  incidentId: z.uuid(),
  edition: z.int().min(1),
  /** That it grants something to nearly everybody was read, and is meant. */
  confirmed: z.boolean().default(false),
})

/**
 * Activates a draft that was tried as it is now, by another person than those who wrote it, who they are proved within five
 * minutes. The version before it is superseded; a worker decides about every subscriber.
 */
export async function activateCompensation(
  actor: Actor,
  input: z.input<typeof activateInput>,
  now = new Date(),
): Promise<{ runId: string }> {
  const { carrierId, incidentId, edition, confirmed } = parseInput(activateInput, input)
  authorize(actor, 'compensation.activate', { carrierId, subscriberId: null }, 'carrier')
  const activatedBy = personOf(actor)
  requireFreshProof(actor, now)
  return transaction(actor, async tx => {
    const versions = await takeVersions(tx, { carrierId, incidentId })
    const draft = draftAsSeen(versions, edition)
    if (draft === null) throw wrongState('rules-no-draft', 'There is no draft to activate.')
    if (draft.writers.includes(activatedBy))
      throw wrongState('rules-own', 'Another person has to activate what one has written in.')
    const latest = draft.writers.at(-1) ?? null
    if ((await wordsLapsed(tx, [latest], 'compensation.write', carrierId)).size > 0)
      throw wrongState('rules-writer-gone', 'Whoever wrote it last has no right to it any more.')
    const key = { versionId: draft.id, kind: 'dry_run', edition } as const
    const tried = await tx.compensationRun.findUnique({ where: { versionId_kind_edition: key } })
    const since = new Date(now.getTime() - dryRunHours * 3_600_000)
    if (tried?.status !== 'done' || tried.askedAt <= since)
      throw wrongState('rules-untried', 'This draft was not tried, or not within a day.')
    if (isWide({ lookedAt: tried.lookedAt, matched: tried.granted }) && !confirmed)
      throw new Refusal('bad-input', 'grants-nearly-all', 'It grants something to nearly everybody.', 'confirmed')
    const active = versions.find(({ status }) => status === 'active')
    if (active) {
      const data = { status: 'superseded', endedBy: activatedBy, endedAt: now } as const
      await tx.compensationVersion.update({ where: { id: active.id }, data })
      await tx.compensationRun.updateMany({
        where: { versionId: active.id, status: 'running' },
        data: { status: 'stopped', endedAt: now },
      })
    }
    const status = 'active' as const
    await tx.compensationVersion.update({ where: { id: draft.id }, data: { status, activatedBy, activatedAt: now } })
    const run = { versionId: draft.id, carrierId, kind: 'backlog', edition, askedAt: now } as const
    const { id: runId } = await tx.compensationRun.create({ data: run })
    const happened = { subject: `compensation:${carrierId}`, kind: 'compensation.activated', carrierId } as const
    const data = { incidentId, version: draft.number, compensationRunId: runId }
    await recordEvent(tx, actor, { ...happened, data }, now)
    return { runId }
  })
}
