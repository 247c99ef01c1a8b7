import { renewLease } from '@/domain/restore/account-lease'
import { commitChunk } from '@/domain/restore/commit-chunk'
import type { DeviceAccount, FetchedItem } from '@/domain/restore/device-account'
import { decodeFrame, type Framed } from '@/domain/restore/frame'
import { bodyInSnapshot } from '@/domain/restore/freeze-plan'
import type { Settled, UndoOutcome, UndoSettled } from '@/domain/restore/outcome'
import type { PlanEntry } from '@/domain/restore/plan-entry'
import { removeMadeCollection } from '@/domain/restore/remove-made-collection'
import { type CategoryEnd, type CategoryWork, destinationOf, keysOf } from '@/domain/restore/restore-category'
import { type Destination, meaningOf, meansPlanned } from '@/domain/restore/settle-write'
import { readChunks } from '@/domain/restore/verify-category'
import { reader, transaction } from '@/domain/transaction'
import type { RunCategory } from '@/prisma/generated/client'

/** What lies at a name now; files are told apart by their size and tag, and read only where those do not decide. */
type Current = Map<string, { etag: string | null; octets: number | null; body: Uint8Array | null }>

/**
 * Takes back what the restore of this category did, frame by frame of its plan. Also looks at records whose outcome was
 * never committed: the worker may have been killed between a write and its commit.
 */
export async function undoCategory(work: CategoryWork, row: RunCategory): Promise<CategoryEnd> {
  const restored = await restoredCategory(work, row)
  if (!restored || restored.collectionUrl === null) {
    await finish(work, row, 0)
    return 'done'
  }
  const to = await destinationOf(work, restored)
  const settledOf = settledReader(restored)
  const listing = to.kind === null ? await listNow(to) : null
  const counts = { ...(row.counts as Record<string, number>) }
  let settledCount = row.settled
  // Killed before its plan was frozen, the restore wrote nothing.
  const plan = restored.planned === null ? [] : work.outside.sealed.read(restored.planKey!)
  for await (const bytes of plan) {
    const frame = decodeFrame<PlanEntry>(bytes)
    const done = await settledOf(frame)
    const rest = frame.filter(({ meta }) => meta.n >= row.settled)
    if (rest.length === 0) continue
    if (work.letGo()) return 'let-go'
    const outcomes = await undoFrame(work, to, restored, rest, done, listing)
    for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
    settledCount += outcomes.length
    const { id: runCategoryId, runId, carrierId, category } = row
    await commitChunk(work.lease, {
      carrierId,
      runId,
      runCategoryId,
      category,
      outcomes,
      counts,
      settled: settledCount,
      verified: 0,
    })
    work.changed()
  }
  if (to.kind !== null) await removeMadeCollection(work, to)
  await finish(work, row, restored.planned ?? 0)
  return 'done'
}

async function restoredCategory(work: CategoryWork, row: RunCategory): Promise<RunCategory | null> {
  return reader('every-carrier').runCategory.findFirst({
    where: { category: row.category, run: { requestId: work.run.requestId, kind: 'restore' } },
    orderBy: { run: { createdAt: 'desc' } },
  })
}

async function finish(work: CategoryWork, row: RunCategory, planned: number): Promise<void> {
  await transaction('every-carrier', async tx => {
    await renewLease(tx, work.lease)
    await tx.runCategory.update({ where: { id: row.id }, data: { step: 'done', planned, trouble: null } })
  })
}

/** The restore's outcomes beside the frames of its plan: both are in the order of the plan. */
function settledReader(restored: RunCategory): (frame: Framed<PlanEntry>[]) => Promise<Map<number, Settled>> {
  const chunks = readChunks(restored.runId, restored.category)[Symbol.asyncIterator]()
  const ahead = new Map<number, Settled>()
  let seenTo = -1
  return async frame => {
    const last = frame.at(-1)!.meta.n
    while (seenTo < last) {
      const { value, done } = await chunks.next()
      if (done) break
      for (const one of value.outcomes as unknown as Settled[]) ahead.set(one.n, one)
      seenTo = value.toOrdinal
    }
    const mine = new Map<number, Settled>()
    for (const { meta } of frame) {
      const one = ahead.get(meta.n)
      if (one) mine.set(meta.n, one)
      ahead.delete(meta.n)
    }
    return mine
  }
}

async function listNow(to: Destination): Promise<Current> {
  const now: Current = new Map()
  for await (const { href, etag, size } of to.account.list(to.collection, to.category)) {
    now.set(href, { etag, octets: size, body: null })
  }
  return now
}

async function undoFrame(
  work: CategoryWork,
  to: Destination,
  restored: RunCategory,
  frame: Framed<PlanEntry>[],
  done: Map<number, Settled>,
  listing: Current | null,
): Promise<UndoSettled[]> {
  const touched = frame.flatMap(thing => {
    const href = touchedAt(to, thing.meta, done.get(thing.meta.n))
    return href === null ? [] : [{ ...thing, href }]
  })
  const current =
    listing ??
    (await fetchNow(
      to,
      touched.map(({ href }) => href),
    ))
  const byOrdinal = new Map(touched.map(thing => [thing.meta.n, thing]))
  const outcomes: UndoSettled[] = []
  for (const { meta } of frame) {
    const thing = byOrdinal.get(meta.n)
    if (!thing) {
      outcomes.push({ n: meta.n, outcome: 'untouched', reason: null, href: null })
      continue
    }
    const { outcome, reason } = await undoOne(work, to, restored, thing, done.get(meta.n), current)
    outcomes.push({ n: meta.n, outcome, reason, href: thing.href })
  }
  return outcomes
}

/** Where the restore wrote, or may have written before it was killed; null where it did not touch the account. */
function touchedAt(to: Destination, entry: PlanEntry, settled: Settled | undefined): string | null {
  if (entry.write === 'none') return null
  if (settled?.outcome === 'alreadyPresent') return null
  if (settled?.outcome === 'failed' && settled.reason !== 'server-error') return null
  if (settled?.href) return settled.href
  return entry.write === 'create' ? to.account.hrefOf(to.collection, entry.name!) : entry.href
}

async function fetchNow(to: Destination, hrefs: string[]): Promise<Current> {
  const now: Current = new Map()
  if (hrefs.length === 0) return now
  for await (const item of to.account.fetch(to.collection, to.category, hrefs)) {
    now.set(item.href, { etag: item.etag, octets: item.body.length, body: item.body })
  }
  return now
}

interface Touched extends Framed<PlanEntry> {
  href: string
}

async function undoOne(
  work: CategoryWork,
  to: Destination,
  restored: RunCategory,
  { meta, body, href }: Touched,
  settled: Settled | undefined,
  current: Current,
): Promise<{ outcome: UndoOutcome; reason: string | null }> {
  const now = current.get(href)
  if (!now) return { outcome: 'gone', reason: null }
  if (meta.write === 'create') {
    // Nothing was committed of it, and another restore says that it created this.
    if (!settled && (await to.createdByOthers()).has(href)) return { outcome: 'untouched', reason: null }
    if (!(await isOurs(to, { meta, body }, settled, href, now))) return { outcome: 'spared', reason: 'changed-since' }
    return remove(to.account, href, now.etag)
  }
  const before = await bodyInSnapshot(work.outside.sealed, keysOf(restored.runId, restored.category).snapshotKey, {
    at: meta.snapshot!,
  })
  const meaningNow = now.body && meaningOf(to.kind, now.body)
  if (meaningNow !== null && meaningNow === meaningOf(to.kind, before)) return { outcome: 'putBack', reason: null }
  const ours =
    (settled?.etag != null && settled.etag === now.etag) ||
    (now.body !== null && meansPlanned(to.kind, { meta, body }, now.body))
  if (!ours || now.etag === null) return { outcome: 'spared', reason: 'changed-since' }
  const payload = { body: before, length: before.length, contentType: to.kind!.contentType }
  const result = await to.account.replace(href, now.etag, payload)
  if (result.kind === 'written') return { outcome: 'putBack', reason: null }
  return result.kind === 'refused'
    ? { outcome: 'failed', reason: result.reason }
    : { outcome: 'spared', reason: 'changed-since' }
}

/** Ours by the tag we noted, else by its meaning. */
async function isOurs(
  to: Destination,
  planned: Framed<PlanEntry>,
  settled: Settled | undefined,
  href: string,
  now: { etag: string | null; octets: number | null; body: Uint8Array | null },
): Promise<boolean> {
  if (settled?.etag != null && settled.etag === now.etag) return true
  const octets = planned.meta.photo?.octets ?? planned.body?.length
  if (to.kind === null && octets !== undefined && now.octets !== null && now.octets !== octets) return false
  const bytes = now.body ?? (await readOne(to, href))?.body
  return bytes !== undefined && meansPlanned(to.kind, planned, bytes)
}

async function readOne(to: Destination, href: string): Promise<FetchedItem | null> {
  for await (const item of to.account.fetch(to.collection, to.category, [href])) return item
  return null
}

async function remove(
  account: DeviceAccount,
  href: string,
  etag: string | null,
): Promise<{ outcome: UndoOutcome; reason: string | null }> {
  const result = await account.remove(href, etag)
  switch (result.kind) {
    case 'written':
      return { outcome: 'removed', reason: null }
    case 'missing':
      return { outcome: 'gone', reason: null }
    case 'refused':
      return { outcome: 'failed', reason: result.reason }
    default:
      return { outcome: 'spared', reason: 'changed-since' }
  }
}
