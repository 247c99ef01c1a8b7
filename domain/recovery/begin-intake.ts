import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { readBatchLabel } from '@/domain/recovery/batch-label'
import { writtenSince } from '@/domain/recovery/batch-readiness'
import type { IntakeException } from '@/domain/recovery/holding-groups'
import type { StoredFinding } from '@/domain/recovery/intake-findings'
import { type IntakeBatch, storeExceptions } from '@/domain/recovery/store-intake'
import { unknownCarrier } from '@/domain/recovery/unclaimed'
import { type Tx, transaction } from '@/domain/transaction'
import type { BagSurvey } from '@/formats/bagit/survey-bag'
import type { RecoveryBatch } from '@/prisma/generated/client'

export interface BegunIntake {
  batch: IntakeBatch
  /** When the bag was looked at from its beginning: another worker that begins anew changes it, and what we found is void. */
  seenAt: Date
  /** Ledger rows that an earlier attempt has dealt with. */
  settledRows: number
  /** What that attempt found in them. */
  findings: StoredFinding[]
}

/**
 * Notes what a bag says of itself and decides where to begin: where an earlier attempt stopped, if the bag is still what it
 * looked at, else with nothing. Null where the batch is not arriving any more.
 */
export async function beginIntake(
  actor: Actor,
  { id, name }: RecoveryBatch,
  survey: BagSurvey,
  now: Date,
): Promise<BegunIntake | null> {
  const label = readBatchLabel(survey.info)
  return transaction(actor, async tx => {
    // Two who begin at the same moment take turns: the second must not sweep away what the first has stored meanwhile.
    await tx.$queryRaw`SELECT FROM recovery_batches WHERE id = ${id}::uuid FOR UPDATE`
    const row = await tx.recoveryBatch.findUnique({ where: { id } })
    if (row?.status !== 'arriving') return null
    const carrier = label.carrier === null ? null : await tx.carrier.findUnique({ where: { slug: label.carrier } })
    const asOf = label.asOf ?? survey.newest ?? now
    const batch: IntakeBatch = {
      id,
      name,
      carrierId: carrier?.id ?? null,
      carrierUnknown: label.carrier !== null && carrier === null,
      asOf,
    }
    const incidentId = label.incident === null ? null : await incidentOf(tx, actor, label.incident, batch)

    const { octets, files } = survey.payload
    const unchanged =
      row.seenAt !== null &&
      Number(row.seenOctets) === octets &&
      row.seenFiles === files &&
      !writtenSince(survey.newest, row.seenAt, now) &&
      row.asOf?.getTime() === asOf.getTime() &&
      row.carrierId === batch.carrierId
    const settledRows = unchanged ? row.checkedFiles : 0
    const seenAt = settledRows > 0 && row.seenAt ? row.seenAt : now
    if (settledRows === 0) {
      await tx.holding.deleteMany({ where: { batchId: id } })
      await tx.batchException.deleteMany({ where: { batchId: id } })
    }
    const exceptions: IntakeException[] = [...label.exceptions]
    if (label.carrier !== null && carrier === null) {
      const detail = `Nobody here knows the carrier ${label.carrier}.`
      exceptions.push({ ...unknownCarrier, detail, unknown: { id: label.carrier, found: null } })
    }
    await storeExceptions(tx, batch, exceptions)
    await tx.recoveryBatch.update({
      where: { id },
      data: {
        incidentId,
        carrierId: batch.carrierId,
        asOf,
        bagitVersion: survey.declaration.version,
        externalId: label.externalId,
        seenOctets: octets,
        seenFiles: files,
        checkedFiles: settledRows,
        seenAt,
        ...(settledRows === 0 ? { findings: [] } : {}),
      },
    })
    const findings = settledRows === 0 ? [] : (row.findings as unknown as StoredFinding[])
    return { batch, seenAt, settledRows, findings }
  })
}

/** The incident a bag names; one that nobody has heard of becomes a draft for people to complete. */
async function incidentOf(tx: Tx, actor: Actor, slug: string, batch: IntakeBatch): Promise<string> {
  const known = await tx.incident.findUnique({ where: { slug }, select: { id: true } })
  if (known) return known.id
  const [drafted] = await tx.incident.createManyAndReturn({
    data: [{ slug, titleEn: slug, titleFr: slug, status: 'draft', startedAt: batch.asOf }],
    skipDuplicates: true,
    select: { id: true },
  })
  // Another batch of the same incident, taken in at the same moment, was first.
  if (!drafted) return (await tx.incident.findUniqueOrThrow({ where: { slug }, select: { id: true } })).id
  const { id } = drafted
  const data = { batchId: batch.id }
  await recordEvent(tx, actor, { subject: `incident:${id}`, kind: 'incident.drafted', carrierId: null, data })
  return id
}
