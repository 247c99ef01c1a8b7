import { createHash } from 'node:crypto'
import type { Category } from '@/domain/record/category'
import { type BackupStorage, ObjectMissing } from '@/domain/recovery/backup-storage'
import {
  type Collection,
  type DeviceAccount,
  DeviceAccountError,
  type Payload,
  type WriteResult,
} from '@/domain/restore/device-account'
import type { Framed } from '@/domain/restore/frame'
import type { OutcomeReason, Settled } from '@/domain/restore/outcome'
import type { PlanEntry } from '@/domain/restore/plan-entry'
import type { RecordKind } from '@/domain/restore/record-kind'
import { SourceChanged } from '@/domain/restore/source-changed'

/** Where the entries of one plan go and how an answer is recognised as ours. */
export interface Destination {
  account: DeviceAccount
  collection: Collection
  category: Category
  /** Null for files, which are compared by their bytes. */
  kind: RecordKind | null
  storage: BackupStorage
  /** Names of items that other restores created since this run was made. */
  createdByOthers(): Promise<ReadonlySet<string>>
}

/** Digest by which what lies at a name is compared with what a plan sends there; null where it cannot be read. */
export function meaningOf(kind: RecordKind | null, body: Uint8Array): string | null {
  if (kind === null) return createHash('sha256').update(body).digest('hex')
  return kind.parse(body)?.meaning() ?? null
}

/** Whether these bytes mean what a plan sends. What cannot be read is never taken for it. */
export function meansPlanned(kind: RecordKind | null, { meta, body }: Framed<PlanEntry>, bytes: Uint8Array): boolean {
  const meaning = meaningOf(kind, bytes)
  return meaning !== null && meaning === (meta.meaning ?? (body && meaningOf(kind, body)))
}

/** Does what the plan says for one record and answers what became of it. Throws only what concerns the whole account. */
export async function settleEntry(to: Destination, planned: Framed<PlanEntry>): Promise<Settled> {
  const { meta: entry, body } = planned
  if (entry.write === 'none') return settled(entry, entry.href, entry.etag)
  const payload = payloadOf(to, entry, body)
  try {
    const result =
      entry.write === 'create'
        ? await to.account.create(to.collection, entry.name!, payload)
        : await replace(to, entry, payload)
    return await read(to, planned, result)
  } catch (error) {
    if (error instanceof SourceChanged) return failed(entry, 'source-changed')
    throw error
  }
}

async function replace(to: Destination, entry: PlanEntry, payload: Payload): Promise<WriteResult> {
  if (entry.etag !== null) return to.account.replace(entry.href!, entry.etag, payload)
  // The server gives no tags: without one a change cannot be made safely, so it is not made.
  return { kind: 'precondition-failed', href: entry.href! }
}

async function read(to: Destination, planned: Framed<PlanEntry>, result: WriteResult): Promise<Settled> {
  const entry = planned.meta
  switch (result.kind) {
    case 'written':
      return settled(entry, result.href, result.etag)
    case 'precondition-failed':
      return readBack(to, planned, result.href, entry.write === 'create' ? 'name-taken' : 'changed-meanwhile')
    case 'uid-conflict':
      if (result.href === null) return failed(entry, 'uid-taken')
      return readBack(to, planned, result.href, 'uid-taken')
    case 'missing':
      if (entry.write === 'replace') return failed(entry, 'changed-meanwhile')
      throw new DeviceAccountError('not-found', 'The collection is gone.')
    case 'refused':
      return failed(entry, result.reason)
  }
}

/**
 * Somebody was there first. What the plan meant to create was absent from the snapshot, so if it now means the same it was
 * we, before a crash, unless another restore says it was that; in another collection, of which there is no snapshot, it is
 * the person's. Anything else is left as it is.
 */
async function readBack(
  to: Destination,
  planned: Framed<PlanEntry>,
  href: string,
  otherwise: OutcomeReason,
): Promise<Settled> {
  const entry = planned.meta
  for await (const item of to.account.fetch(to.collection, to.category, [href])) {
    if (!meansPlanned(to.kind, planned, item.body)) continue
    const there = settled(entry, item.href, item.etag)
    const isWithin = item.href.startsWith(to.collection.url)
    if (entry.write === 'replace' || (isWithin && !(await to.createdByOthers()).has(item.href))) return there
    return { ...there, outcome: 'alreadyPresent', reason: 'equal-in-account' }
  }
  return failed(entry, otherwise)
}

function payloadOf(to: Destination, entry: PlanEntry, body: Uint8Array | null): Payload {
  if (entry.photo) {
    const { key, octets } = entry.photo
    return {
      body: () => asPlanned(to.storage, entry.photo!, entry.meaning),
      length: octets,
      contentType: contentTypeOf(key),
    }
  }
  if (body === null) throw new Error(`Entry ${entry.n} of the plan has nothing to send.`)
  return { body, length: body.length, contentType: to.kind?.contentType ?? 'text/plain; charset=utf-8' }
}

/**
 * The bytes of a planned photo. The last piece goes out only when all of it is known to be what was planned, so that a server
 * never has the whole of another one; throws {@link SourceChanged} instead.
 */
async function* asPlanned(
  storage: BackupStorage,
  { key, octets }: { key: string; octets: number },
  digest: string | null,
): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256')
  let held: Uint8Array | null = null
  let count = 0
  try {
    for await (const bytes of storage.read(key)) {
      if (held) yield held
      hash.update(bytes)
      count += bytes.length
      held = bytes
      if (count > octets) throw new SourceChanged(key)
    }
  } catch (error) {
    throw error instanceof ObjectMissing ? new SourceChanged(key) : error
  }
  if (hash.digest('hex') !== digest) throw new SourceChanged(key)
  if (held) yield held
}

const contentTypes = new Map([
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['heic', 'image/heic'],
])

function contentTypeOf(name: string): string {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
  return contentTypes.get(extension) ?? 'application/octet-stream'
}

const settled = (entry: PlanEntry, href: string | null, etag: string | null): Settled => ({
  n: entry.n,
  outcome: entry.outcome,
  reason: entry.reason,
  href,
  etag,
  verified: false,
})

const failed = (entry: PlanEntry, reason: OutcomeReason): Settled => ({
  ...settled(entry, entry.href, null),
  outcome: 'failed',
  reason,
})
