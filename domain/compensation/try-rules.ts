import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { draftAsSeen, takeVersions } from '@/domain/compensation/version-to-change'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const tryInput = z.object({ carrierId: z.uuid(), incidentId: z.uuid(), edition: z.int().min(1) })

/** Has a draft tried on every subscriber of the carrier: a worker counts what it would grant, and decides nothing. */
export async function tryCompensation(
  actor: Actor,
  input: z.input<typeof tryInput>,
  now = new Date(),
): Promise<{ runId: string }> {
  const { carrierId, incidentId, edition } = parseInput(tryInput, input)
  authorize(actor, 'compensation.write', { carrierId, subscriberId: null }, 'carrier')
  return transaction(actor, async tx => {
    const draft = draftAsSeen(await takeVersions(tx, { carrierId, incidentId }), edition)
    if (draft === null) throw wrongState('rules-no-draft', 'There is no draft to try.')
    const key = { versionId: draft.id, kind: 'dry_run', edition } as const
    const anew = { status: 'running', askedAt: now, cursorId: null, endedAt: null } as const
    const counts = { lookedAt: 0, granted: 0, counts: {}, amounts: {} }
    const before = await tx.compensationRun.findUnique({ where: { versionId_kind_edition: key } })
    if (before?.status === 'running') return { runId: before.id }
    const run = await tx.compensationRun.upsert({
      where: { versionId_kind_edition: key },
      create: { ...key, ...anew, carrierId },
      update: { ...anew, ...counts },
    })
    const happened = { subject: `compensation:${carrierId}`, kind: 'compensation.tried', carrierId } as const
    const data = { incidentId, version: draft.number, compensationRunId: run.id }
    await recordEvent(tx, actor, { ...happened, data }, now)
    return { runId: run.id }
  })
}
