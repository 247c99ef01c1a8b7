import { v7 as uuid } from 'uuid'
import type { RecordCounts } from '@/domain/recovery/examine-content'
import type { ExpectedCount } from '@/domain/recovery/expected-counts'
import type { HoldingGroup, IntakeException } from '@/domain/recovery/holding-groups'
import { erasedPath } from '@/domain/retention/erased-account'
import { Prisma, type Tx } from '@/domain/transaction'

/** The batch as the rows of an intake need it. */
export interface IntakeBatch {
  id: string
  name: string
  /** Null where the bag names none: then an account id must be known to one carrier only. */
  carrierId: string | null
  /** True where the bag names a carrier that nobody here knows: then no account id is known. */
  carrierUnknown: boolean
  asOf: Date
}

interface Owner {
  id: string
  carrierId: string
}

/** A group as it is stored: how many records of which state, and what they lack. */
export type CountedGroup = Omit<HoldingGroup, 'counts'> & {
  counts: Pick<RecordCounts, 'complete' | 'partial' | 'damaged' | 'missing'>
}

type Owners = ReadonlyMap<string, Owner | 'subscriber-of-two-carriers'>

/** Whose account ids these are. Those that nobody has are left out. */
async function ownersOf(tx: Tx, batch: IntakeBatch, accountIds: readonly string[]): Promise<Owners> {
  if (batch.carrierUnknown) return new Map()
  const rows = await tx.subscriber.findMany({
    where: { accountId: { in: [...new Set(accountIds)] }, ...(batch.carrierId ? { carrierId: batch.carrierId } : {}) },
    select: { id: true, carrierId: true, accountId: true },
  })
  const owners = new Map<string, Owner | 'subscriber-of-two-carriers'>()
  for (const { id, carrierId, accountId } of rows) {
    owners.set(accountId, owners.has(accountId) ? 'subscriber-of-two-carriers' : { id, carrierId })
  }
  return owners
}

const nobody: ReadonlySet<string> = new Set()

/**
 * Writes a holding per group whose owner is known, and an exception for every other. Twice gives the same rows. `erased`:
 * account ids of people who were erased; theirs is an exception that holds nothing, whoever has the id elsewhere.
 */
export async function storeGroups(
  tx: Tx,
  batch: IntakeBatch,
  groups: readonly CountedGroup[],
  erased: ReadonlySet<string> = nobody,
): Promise<void> {
  const owners = await ownersOf(
    tx,
    batch,
    groups.map(group => group.accountId),
  )
  const exceptions: IntakeException[] = []
  const rows: object[] = []
  for (const { accountId, category, path, octets, digest, counts } of groups) {
    const owner = owners.get(accountId)
    const { complete, partial, damaged, missing } = counts
    const found = { category, octets, digest, complete, partial, damaged, missing }
    if (erased.has(accountId)) {
      exceptions.push({ path, reason: 'erased', detail: null })
      continue
    }
    if (typeof owner !== 'object') {
      const unknown = { id: accountId, found: { kind: 'folder' as const, ...found } }
      exceptions.push({ path, reason: owner ?? 'unknown-subscriber', detail: null, unknown })
      continue
    }
    const object_key = `${batch.name}/${path}`
    rows.push({ id: uuid(), carrier_id: owner.carrierId, subscriber_id: owner.id, object_key, ...found })
  }
  if (rows.length > 0) {
    await tx.$executeRaw`
      INSERT INTO holdings (id, carrier_id, batch_id, subscriber_id, category, complete, partial, damaged, as_of,
                            object_key, digest, octets, missing)
      SELECT id, carrier_id, ${batch.id}::uuid, subscriber_id, category::category, complete, partial, damaged,
             ${batch.asOf}::timestamptz, object_key, digest, octets, missing
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS row (
        id uuid, carrier_id uuid, subscriber_id uuid, category text, complete int, partial int, damaged int,
        object_key text, digest text, octets bigint, missing jsonb)
      ON CONFLICT (batch_id, subscriber_id, category) DO UPDATE SET
        complete = excluded.complete, partial = excluded.partial, damaged = excluded.damaged, as_of = excluded.as_of,
        object_key = excluded.object_key, digest = excluded.digest, octets = excluded.octets, missing = excluded.missing`
  }
  await storeExceptions(tx, batch, exceptions, erased)
}

/** Writes what was known before the incident: a holding of nothing where no file follows. Lines with numbers, for exceptions. */
export async function storeExpected(
  tx: Tx,
  batch: IntakeBatch,
  lines: readonly { line: number; expected: ExpectedCount }[],
  erased: ReadonlySet<string> = nobody,
): Promise<void> {
  const owners = await ownersOf(
    tx,
    batch,
    lines.map(({ expected }) => expected.accountId),
  )
  const exceptions: IntakeException[] = []
  const rows = new Map<string, object>()
  for (const { line, expected } of lines) {
    const owner = owners.get(expected.accountId)
    if (erased.has(expected.accountId)) {
      exceptions.push({ path: expectedPath(line), reason: 'erased', detail: null })
      continue
    }
    if (typeof owner !== 'object') {
      const { accountId: id, category, count } = expected
      const unknown = { id, found: { kind: 'line' as const, category, line, expected: count } }
      exceptions.push({ path: expectedPath(line), reason: owner ?? 'unknown-subscriber', detail: null, unknown })
      continue
    }
    // One statement may write a row once; of two lines about one thing the later counts, as it does between statements.
    rows.set(`${owner.id} ${expected.category}`, {
      id: uuid(),
      carrier_id: owner.carrierId,
      subscriber_id: owner.id,
      category: expected.category,
      expected: expected.count,
    })
  }
  if (rows.size > 0) {
    await tx.$executeRaw`
      INSERT INTO holdings (id, carrier_id, batch_id, subscriber_id, category, complete, partial, damaged, expected, as_of)
      SELECT id, carrier_id, ${batch.id}::uuid, subscriber_id, category::category, 0, 0, 0, expected,
             ${batch.asOf}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb) AS row (
        id uuid, carrier_id uuid, subscriber_id uuid, category text, expected int)
      ON CONFLICT (batch_id, subscriber_id, category) DO UPDATE SET expected = excluded.expected`
  }
  await storeExceptions(tx, batch, exceptions)
}

export const expectedPath = (line: number): string => `data/expected.csv:${line}`

/** The carriers whose subscribers a batch has something for are concerned by its incident. `accountIds`: for these only. */
export async function concernCarriers(tx: Tx, batchId: string, accountIds?: readonly string[]): Promise<void> {
  const whose = accountIds
    ? Prisma.sql`AND h.subscriber_id IN (SELECT id FROM subscribers WHERE account_id = ANY (${accountIds}))`
    : Prisma.empty
  await tx.$executeRaw`
    INSERT INTO incident_carriers (incident_id, carrier_id)
    SELECT DISTINCT b.incident_id, h.carrier_id FROM recovery_batches b JOIN holdings h ON h.batch_id = b.id ${whose}
    WHERE b.id = ${batchId}::uuid AND b.incident_id IS NOT NULL
    ON CONFLICT DO NOTHING`
}

// The unique index takes no row above 2.7 kB. What is cut can be no subscriber's, whose ids are shorter.
const longest = 600

export async function storeExceptions(
  tx: Tx,
  batch: IntakeBatch,
  exceptions: readonly IntakeException[],
  erased: ReadonlySet<string> = nobody,
): Promise<void> {
  if (exceptions.length === 0) return
  const told = exceptions.map((one): IntakeException => {
    const path = erasedPath(one.path, erased)
    return path === null ? one : { path, reason: 'erased', detail: null }
  })
  const rows = told.map(({ path, reason, detail, unknown }) => ({
    batchId: batch.id,
    carrierId: batch.carrierId,
    path: path.length > longest ? `${path.slice(0, longest)}…` : path,
    reason,
    detail,
    unknownId: unknown && unknown.id.length <= longest ? unknown.id : null,
    found: unknown?.found ?? Prisma.DbNull,
  }))
  await tx.batchException.createMany({
    data: rows satisfies Prisma.BatchExceptionCreateManyInput[],
    skipDuplicates: true,
  })
}
