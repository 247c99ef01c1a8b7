import type { Actor } from '@/domain/actor'
import { contentStanding } from '@/domain/content-right'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { decodeFrame } from '@/domain/restore/frame'
import { type HeldBack, heldBackIn } from '@/domain/restore/held-back'
import { noOutcomes, type Outcome, type OutcomeReason, type Settled, type UndoSettled } from '@/domain/restore/outcome'
import type { RestoreOutside } from '@/domain/restore/outside'
import type { PlanEntry } from '@/domain/restore/plan-entry'
import type { MergedField } from '@/domain/restore/record-kind'
import { readChunks } from '@/domain/restore/verify-category'
import { reader } from '@/domain/transaction'
import type { RunCategory } from '@/prisma/generated/client'
import type { Category, RequestStatus } from '@/prisma/generated/enums'

/** Per category, records: found = the sum of all outcomes; recovered = found less damaged. Null where unknown. */
export interface CategoryReport {
  expected: number | null
  found: number
  recovered: number
  created: number
  merged: number
  keptBoth: number
  alreadyPresent: number
  skipped: number
  failed: number
  damaged: number
  verified: number
}

export interface RecordOutcome {
  category: Category
  record: {
    file: string
    ordinal: number
    uid: string | null
    title: string | null
    /** Its batch must not be used now: nothing that the record says itself is told, only what became of it. */
    heldBack?: true
    /** The same, because whoever reads may not see content yet. */
    unseen?: true
  }
  outcome: Outcome
  reason: OutcomeReason | null
  href: string | null
  /** What a merge put together, field by field. */
  fields?: MergedField[]
}

export interface Report {
  request: string
  reference: string
  state: RequestStatus
  categories: Partial<Record<Category, CategoryReport>>
  undo?: Partial<Record<Category, Record<string, number>>>
}

async function loadReport(actor: Actor, requestId: string) {
  const request = await reader(actor).restoreRequest.findFirst({
    where: { id: requestId, ...scope(actor, 'report.read') },
    include: {
      items: true,
      crossing: { select: { id: true } },
      runs: { include: { categories: true }, orderBy: { createdAt: 'desc' } },
    },
  })
  if (!request) throw notFound('request')
  return request
}

/** Another person's records are counted and not named: what was put into the account can be read there. */
const isOwn = ({ crossing }: { crossing: object | null }): boolean => crossing === null

/** The counts of a restore, from what its run has committed; before the plan is frozen, from the holdings. */
export async function readReport(actor: Actor, requestId: string): Promise<Report> {
  const request = await loadReport(actor, requestId)
  const restore = request.runs.find(run => run.kind === 'restore')
  const undo = request.runs.find(run => run.kind === 'undo')
  const holdings = await reader(actor).holding.findMany({
    where: { id: { in: request.items.map(one => one.holdingId) } },
  })
  const report: Report = { request: request.id, reference: request.reference, state: request.status, categories: {} }
  for (const category of categories) {
    const mine = holdings.filter(one => one.category === category)
    if (mine.length === 0) continue
    const row = restore?.categories.find(one => one.category === category)
    const found = row?.planned ?? mine.reduce((sum, one) => sum + one.complete + one.partial + one.damaged, 0)
    const damaged = mine.reduce((sum, one) => sum + one.damaged, 0)
    report.categories[category] = {
      expected: mine.reduce<number | null>(
        (most, one) => (one.expected === null ? most : Math.max(most ?? 0, one.expected)),
        null,
      ),
      found,
      recovered: found - damaged,
      ...noOutcomes(),
      ...((row?.counts ?? {}) as object),
      damaged,
      verified: row?.verified ?? 0,
    }
  }
  if (undo) {
    report.undo = Object.fromEntries(undo.categories.map(row => [row.category, row.counts as Record<string, number>]))
  }
  return report
}

/** Every record that was not plainly created, with its reason, in the order of the files; streamed. Unnamed to whoever may not see content yet. */
export async function* readOutcomes(
  actor: Actor,
  outside: Pick<RestoreOutside, 'sealed'>,
  requestId: string,
  options: { all?: boolean } = {},
): AsyncIterable<RecordOutcome> {
  const request = await loadReport(actor, requestId)
  const seesNames = (await contentStanding(actor)).kind === 'open' && isOwn(request)
  const restore = request.runs.find(run => run.kind === 'restore')
  for (const category of categories) {
    const row = restore?.categories.find(one => one.category === category)
    if (!row?.planKey || row.settled === 0) continue
    const heldBack = await heldBackIn(actor, request.items, category)
    for await (const { entry, settled } of beside<Settled>(outside, row, row.planKey)) {
      if (!options.all && settled.outcome === 'created') continue
      const record = recordOf(category, entry, heldBack, seesNames)
      const { outcome, reason } = settled
      // A photo's address in the account ends with its name; a merge says what it put together.
      if (record.heldBack || record.unseen) {
        yield { category, record, outcome, reason, href: null }
        continue
      }
      const { fields } = entry
      yield { category, record, outcome, reason, href: settled.href, ...(fields ? { fields } : {}) }
    }
  }
}

export interface UndoneRecord {
  category: Category
  record: RecordOutcome['record']
  outcome: UndoSettled['outcome']
  reason: string | null
}

/** What an undo spared, could not take back or did not find any more. */
export async function* readUndoOutcomes(
  actor: Actor,
  outside: Pick<RestoreOutside, 'sealed'>,
  requestId: string,
): AsyncIterable<UndoneRecord> {
  const request = await loadReport(actor, requestId)
  const seesNames = (await contentStanding(actor)).kind === 'open' && isOwn(request)
  const restore = request.runs.find(run => run.kind === 'restore')
  const undo = request.runs.find(run => run.kind === 'undo')
  for (const row of undo?.categories ?? []) {
    const planKey = restore?.categories.find(one => one.category === row.category)?.planKey
    if (!planKey) continue
    const heldBack = await heldBackIn(actor, request.items, row.category)
    for await (const { entry, settled } of beside<UndoSettled>(outside, row, planKey)) {
      if (settled.outcome !== 'spared' && settled.outcome !== 'failed' && settled.outcome !== 'gone') continue
      yield {
        category: row.category,
        record: recordOf(row.category, entry, heldBack, seesNames),
        outcome: settled.outcome,
        reason: settled.reason,
      }
    }
  }
}

function recordOf(
  category: Category,
  entry: PlanEntry,
  heldBack: HeldBack,
  seesNames: boolean,
): RecordOutcome['record'] {
  const { file, ordinal, uid, title } = entry
  const place = heldBack(file)
  if (place === null && !seesNames) {
    // A photo's file is called what the photo is.
    const file = category === 'photos' ? entry.file.slice(0, entry.file.lastIndexOf('/') + 1) : entry.file
    return { file, ordinal, uid: null, title: null, unseen: true }
  }
  if (place === null) return { file, ordinal, uid, title }
  return { file: place, ordinal, uid: null, title: null, heldBack: true }
}

/** A plan's entries beside their committed outcomes; both are in the plan's order. */
export async function* beside<One extends { n: number }>(
  outside: Pick<RestoreOutside, 'sealed'>,
  row: RunCategory,
  planKey: string,
): AsyncIterable<{ entry: PlanEntry; settled: One }> {
  const frames = outside.sealed.read(planKey)[Symbol.asyncIterator]()
  let entries: PlanEntry[] = []
  try {
    for await (const chunk of readChunks(row.runId, row.category)) {
      for (const settled of chunk.outcomes as unknown as One[]) {
        while (entries.length === 0 || entries.at(-1)!.n < settled.n) {
          const { value, done } = await frames.next()
          if (done) return
          entries = decodeFrame<PlanEntry>(value).map(({ meta }) => meta)
        }
        const entry = entries.find(one => one.n === settled.n)
        if (entry) yield { entry, settled }
      }
    }
  } finally {
    await frames.return?.()
  }
}
