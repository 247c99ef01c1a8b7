import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { readLines } from '@/domain/compensation/lines'
import { draftAsSeen, takeVersions } from '@/domain/compensation/version-to-change'
import { personOf } from '@/domain/decision/move-decision'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { isZone } from '@/domain/triage/zone-offset'

const mostDays = 3_650
const writeInput = z.object({
  carrierId: z.uuid(),
  incidentId: z.uuid(),
  /** Of the draft that was shown; 0: there was none, and this begins the next version. */
  edition: z.int().min(0),
  lines: z.unknown(),
  notifyDays: z.number(),
  notifyFrom: z.enum(['incident', 'decision']),
  zone: z.string(),
})

/** Writes the draft of a carrier's rules for an incident, or begins the next version. What was activated stays as it is. */
export async function writeCompensation(
  actor: Actor,
  input: z.input<typeof writeInput>,
  now = new Date(),
): Promise<void> {
  const { carrierId, incidentId, edition, lines: written, ...said } = parseInput(writeInput, input)
  authorize(actor, 'compensation.write', { carrierId, subscriberId: null }, 'carrier')
  const writer = personOf(actor)
  const lines = readLines(written)
  if (!Number.isSafeInteger(said.notifyDays) || said.notifyDays < 0 || said.notifyDays > mostDays)
    throw badInput('notifyDays', 'days-unclear', 'Days are a whole number from 0 to 3650.')
  if (!isZone(said.zone)) throw badInput('zone', 'zone-unknown', 'There is no such zone.')
  await transaction(actor, async tx => {
    const versions = await takeVersions(tx, { carrierId, incidentId })
    const draft = draftAsSeen(versions, edition)
    const words = { ...said, lines, writtenAt: now }
    const number = draft?.number ?? (versions[0]?.number ?? 0) + 1
    if (draft === null)
      await tx.compensationVersion.create({ data: { ...words, carrierId, incidentId, number, writers: [writer] } })
    else {
      const writers = [...draft.writers.filter(one => one !== writer), writer]
      const data = { ...words, writers, edition: { increment: 1 } }
      await tx.compensationVersion.update({ where: { id: draft.id }, data })
    }
    const happened = { subject: `compensation:${carrierId}`, kind: 'compensation.written', carrierId } as const
    await recordEvent(tx, actor, { ...happened, data: { incidentId, version: number } }, now)
  })
}
