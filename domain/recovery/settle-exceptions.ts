import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { authorize } from '@/domain/policy'
import {
  type CountedGroup,
  concernCarriers,
  type IntakeBatch,
  storeExpected,
  storeGroups,
} from '@/domain/recovery/store-intake'
import { type Unclaimed, unknownCarrier } from '@/domain/recovery/unclaimed'
import { Prisma, reader, type Tx, transaction } from '@/domain/transaction'
import type { RecoveryBatch } from '@/prisma/generated/client'

const settledAtOnce = 500

/**
 * Gives what decided batches hold for account ids and carriers that nobody knew to whoever is known by now: a holding, as
 * intake would have stored it, for each exception that goes. Everything else of the batch stays. Where there is nothing to
 * settle it is one query. Answers how many exceptions were settled. With `batchId`, of that batch only.
 */
export async function settleExceptions(
  actor: Actor,
  { batchId, signal }: { batchId?: string; signal?: AbortSignal } = {},
): Promise<number> {
  authorize(actor, 'batch.intake', { carrierId: null, subscriberId: null }, 'batch')
  let settled = 0
  for (const { id } of await batchesToSettle(batchId)) {
    let page: Page | null = { settled: 0, after: '' }
    while (page !== null && !signal?.aborted) {
      page = await settlePage(actor, id, page.after)
      settled += page?.settled ?? 0
    }
  }
  return settled
}

/** Whether somebody has the account id of exception `e` of batch `b` by now, and nobody else has. */
const claimed = Prisma.sql`
  CASE e.reason
    WHEN 'unknown-subscriber' THEN EXISTS (
      SELECT FROM subscribers s
      WHERE s.account_id = e.unknown_id AND (b.carrier_id IS NULL OR s.carrier_id = b.carrier_id))
    WHEN 'subscriber-of-two-carriers' THEN (
      SELECT count(*) = 1 FROM subscribers s
      WHERE s.account_id = e.unknown_id AND (b.carrier_id IS NULL OR s.carrier_id = b.carrier_id))
    ELSE false
  END`

function batchesToSettle(batchId: string | undefined): Promise<{ id: string }[]> {
  return reader('every-carrier').$queryRaw`
    SELECT b.id FROM recovery_batches b
    LEFT JOIN batch_exceptions nameless
      ON nameless.batch_id = b.id AND nameless.path = ${unknownCarrier.path} AND nameless.reason = ${unknownCarrier.reason}
    WHERE b.status <> 'arriving' ${batchId === undefined ? Prisma.empty : Prisma.sql`AND b.id = ${batchId}::uuid`}
      AND CASE WHEN nameless.id IS NULL
        THEN EXISTS (
          SELECT FROM batch_exceptions e WHERE e.batch_id = b.id AND e.unknown_id IS NOT NULL AND ${claimed})
        ELSE EXISTS (SELECT FROM carriers WHERE slug = nameless.unknown_id) END
    ORDER BY b.id`
}

interface Page {
  settled: number
  /** The account id it ended with. */
  after: string
}

/**
 * A bounded number of a batch's exceptions in one transaction, by account id; null where none is left. Two who do it at the
 * same moment take turns. A batch that is looked at anew meanwhile belongs to intake alone.
 */
function settlePage(actor: Actor, id: string, after: string): Promise<Page | null> {
  return transaction(actor, async tx => {
    await tx.$queryRaw`SELECT FROM recovery_batches WHERE id = ${id}::uuid FOR UPDATE`
    const row = await tx.recoveryBatch.findUnique({ where: { id } })
    if (!row || row.status === 'arriving' || row.asOf === null) return null
    const nameless = await tx.batchException.findUnique({
      where: { batchId_path_reason: { batchId: id, ...unknownCarrier } },
    })
    if (nameless) return nameCarrier(tx, actor, row, nameless)
    const exceptions = await tx.$queryRaw<{ id: string; path: string; accountId: string; found: Unclaimed }[]>`
      SELECT e.id, e.path, e.unknown_id AS "accountId", e.found
      FROM batch_exceptions e JOIN recovery_batches b ON b.id = e.batch_id
      WHERE e.batch_id = ${id}::uuid AND e.unknown_id >= ${after} AND e.found IS NOT NULL AND ${claimed}
      ORDER BY e.unknown_id, length(e.path), e.path LIMIT ${settledAtOnce}`
    const last = exceptions.at(-1)
    if (!last) return null
    await tx.batchException.deleteMany({ where: { id: { in: exceptions.map(one => one.id) } } })
    const batch: IntakeBatch = { ...row, carrierUnknown: false, asOf: row.asOf }
    const groups: CountedGroup[] = []
    const lines: Parameters<typeof storeExpected>[2][number][] = []
    for (const { path, accountId, found } of exceptions) {
      if (found.kind === 'folder') {
        const { category, octets, digest, ...counts } = found
        groups.push({ accountId, category, path, octets, digest, counts })
      } else {
        const { category, line, expected: count } = found
        lines.push({ line, expected: { accountId, category, count } })
      }
    }
    await storeGroups(tx, batch, groups)
    await storeExpected(tx, batch, lines)
    await concernCarriers(tx, id, [...new Set(exceptions.map(one => one.accountId))])
    const data = { settled: exceptions.length, folders: groups.length }
    await recordEvent(tx, actor, { subject: `batch:${id}`, kind: 'batch.settled', carrierId: row.carrierId, data })
    return { settled: exceptions.length, after: last.accountId }
  })
}

/** The carrier that the batch names is known by now: from here on its account ids are that carrier's. */
async function nameCarrier(
  tx: Tx,
  actor: Actor,
  { id }: RecoveryBatch,
  exception: { id: string; unknownId: string | null },
): Promise<Page | null> {
  const carrier = await tx.carrier.findUnique({ where: { slug: exception.unknownId ?? '' }, select: { id: true } })
  if (!carrier) return null
  const carrierId = carrier.id
  await tx.recoveryBatch.update({ where: { id }, data: { carrierId } })
  await tx.batchException.delete({ where: { id: exception.id } })
  await tx.batchException.updateMany({ where: { batchId: id }, data: { carrierId } })
  const data = { settled: 1, folders: 0 }
  await recordEvent(tx, actor, { subject: `batch:${id}`, kind: 'batch.settled', carrierId, data })
  return { settled: 1, after: '' }
}
