import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import type { Outcome, OutcomeReason, Settled, UndoOutcome, UndoSettled } from '@/domain/restore/outcome'
import type { RestoreOutside } from '@/domain/restore/outside'
import { beside } from '@/domain/restore/read-report'
import { type Prisma, reader } from '@/domain/transaction'
import type { RunCategory } from '@/prisma/generated/client'
import type { Category } from '@/prisma/generated/enums'

/**
 * What the evidence of a run says of one record. verified: pushed, and read back. pushed: not read back. there: the account had
 * it. refused: the device would not take it. skipped: left out. not-reached: planned, and the run ended before. never-recovered:
 * in no plan.
 */
export const traces = ['verified', 'pushed', 'there', 'refused', 'skipped', 'not-reached', 'never-recovered'] as const
export type Trace = (typeof traces)[number]

export interface TracedRecord {
  category: Category
  /** Where it stands in what was recovered. */
  file: string
  ordinal: number
  trace: Trace
  reason: OutcomeReason | null
  /** What an undo made of it later; null: nothing. */
  undone: UndoOutcome | null
}

/** Counts are records. */
export interface TracedCategory {
  category: Category
  /** Known before the incident, and not found again; null: not known. */
  neverRecovered: number | null
  found: number
  pushed: number
  verified: number
  there: number
  refused: number
  skipped: number
}

export interface TracedItems {
  records: TracedRecord[]
  categories: TracedCategory[]
}

const shape = {
  items: { orderBy: { id: 'asc' } },
  about: {
    include: {
      items: { select: { holdingId: true, category: true } },
      runs: { include: { categories: true }, orderBy: { createdAt: 'desc' } },
    },
  },
} satisfies Prisma.TicketInclude

/**
 * Beside each thing that a ticket says is missing after a restore, what the run's evidence says of it: places and codes, and of
 * no record what it is called. Throws a Refusal "not-found" for a ticket that is not the actor's to see.
 */
export async function traceItems(
  actor: Actor,
  outside: Pick<RestoreOutside, 'sealed'>,
  ticketId: string,
): Promise<TracedItems> {
  const where = { id: ticketId, ...scope(actor, 'ticket.history') }
  const ticket = await reader(actor).ticket.findFirst({ where, include: shape })
  if (!ticket) throw notFound('ticket')
  const { about, items } = ticket
  if (about === null) return { records: [], categories: [] }
  const rowsOf = (kind: 'restore' | 'undo') => about.runs.find(run => run.kind === kind)?.categories ?? []
  const restored = new Map(rowsOf('restore').map(row => [row.category, row]))
  const undone = new Map(rowsOf('undo').map(row => [row.category, row]))
  const holdings = await reader(actor).holding.findMany({
    where: { id: { in: about.items.map(one => one.holdingId) } },
  })
  const records: TracedRecord[] = []
  const categories: TracedCategory[] = []
  for (const category of new Set(items.map(one => one.category))) {
    const named = items.filter(one => one.category === category)
    const row = restored.get(category)
    if (named.some(one => one.file === null))
      categories.push(
        countsOf(
          category,
          row,
          holdings.filter(one => one.category === category),
        ),
      )
    const wanted = named.flatMap(({ file, ordinal }) => (file === null ? [] : [{ file, ordinal: ordinal ?? 0 }]))
    records.push(...(await traced(outside, category, wanted, row, undone.get(category))))
  }
  return { records, categories }
}

interface Found {
  complete: number
  partial: number
  damaged: number
  expected: number | null
}

function countsOf(category: Category, row: RunCategory | undefined, holdings: Found[]): TracedCategory {
  const counts = (row?.counts ?? {}) as Partial<Record<Outcome, number>>
  const of = (...names: Outcome[]) => names.reduce((sum, name) => sum + (counts[name] ?? 0), 0)
  const found = row?.planned ?? holdings.reduce((sum, one) => sum + one.complete + one.partial + one.damaged, 0)
  const known = holdings.flatMap(({ expected }) => expected ?? [])
  return {
    ...{ category, found },
    neverRecovered: known.length === 0 ? null : Math.max(0, Math.max(...known) - found),
    pushed: of('created', 'merged', 'keptBoth'),
    verified: row?.verified ?? 0,
    there: of('alreadyPresent'),
    refused: of('failed'),
    skipped: of('skipped'),
  }
}

const keyOf = ({ file, ordinal }: { file: string; ordinal: number }): string => `${ordinal} ${file.slice(0, 500)}`

async function traced(
  outside: Pick<RestoreOutside, 'sealed'>,
  category: Category,
  wanted: { file: string; ordinal: number }[],
  row: RunCategory | undefined,
  undo: RunCategory | undefined,
): Promise<TracedRecord[]> {
  if (wanted.length === 0) return []
  const settled = new Map<string, Settled>()
  const gone = new Map<string, UndoOutcome>()
  const planKey = row?.planKey
  if (row && planKey) {
    const left = new Set(wanted.map(keyOf))
    for await (const { entry, settled: one } of beside<Settled>(outside, row, planKey)) {
      const key = keyOf(entry)
      if (!left.delete(key)) continue
      settled.set(key, one)
      if (left.size === 0) break
    }
    if (undo)
      for await (const { entry, settled: one } of beside<UndoSettled>(outside, undo, planKey))
        if (settled.has(keyOf(entry))) gone.set(keyOf(entry), one.outcome)
  }
  // A run that stopped before its end has not looked at what came after.
  const isWhole = row?.planned !== null && row?.planned !== undefined && row.settled >= row.planned
  return wanted.map(one => {
    const found = settled.get(keyOf(one))
    const place = { category, ...one, undone: gone.get(keyOf(one)) ?? null }
    if (found === undefined)
      return { ...place, trace: isWhole || !row ? 'never-recovered' : 'not-reached', reason: null }
    return { ...place, trace: traceOf(found), reason: found.reason }
  })
}

function traceOf({ outcome, verified }: Settled): Trace {
  if (outcome === 'failed') return 'refused'
  if (outcome === 'skipped') return 'skipped'
  if (outcome === 'alreadyPresent') return 'there'
  return verified ? 'verified' : 'pushed'
}
