import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { countBack } from '@/domain/incident/count-back'
import { authorizeEver } from '@/domain/policy'
import { type Category, categories } from '@/domain/record/category'
import { reader } from '@/domain/transaction'

const perCategory = z.object({
  /** Subscribers of whom a usable batch knows something in this category. */
  people: z.number(),
  /** Records known to have existed before the incident; `expectedUnknown` people's are not in it. */
  expected: z.number(),
  expectedUnknown: z.number(),
  /** Records found that are whole, readable with fields missing, and beyond reading. */
  complete: z.number(),
  partial: z.number(),
  damaged: z.number(),
  /** Records that are in people's accounts by finished restores and were not undone, each once, and how many people's. */
  restored: z.number(),
  restoredPeople: z.number(),
})
export type CategoryCounts = z.output<typeof perCategory>

const countsForm = z.object({
  /** Subscribers of whom a usable batch knows anything. */
  affected: z.number(),
  /** Subscribers with at least one of these in an account. */
  restoredPeople: z.number(),
  categories: z.record(z.enum(categories), perCategory),
  /** Milliseconds that counting took: the longer, the rarer. */
  took: z.number(),
})
export type Counts = z.output<typeof countsForm>

export const readCounts = (json: unknown): Counts => countsForm.parse(json)

const none: CategoryCounts = {
  people: 0,
  expected: 0,
  expectedUnknown: 0,
  complete: 0,
  partial: 0,
  damaged: 0,
  restored: 0,
  restoredPeople: 0,
}

/** Counts an incident's people and records anew from holdings and runs, and keeps the result with its time. */
export async function countIncident(actor: Actor, incidentId: string, now = new Date()): Promise<Counts> {
  authorizeEver(actor, 'status.publish')
  const began = performance.now()
  const [found, back, affected] = await Promise.all([
    countFound(incidentId),
    countBack(actor, incidentId, null),
    countAffected(incidentId),
  ])
  const rows = categories.map((category): [Category, CategoryCounts] => {
    const { records: restored = 0, people: restoredPeople = 0 } = back.find(one => one.category === category) ?? {}
    return [category, { ...none, ...pick(found, category), restored, restoredPeople }]
  })
  const counts: Counts = {
    affected,
    restoredPeople: back.find(({ category }) => category === null)?.people ?? 0,
    categories: Object.fromEntries(rows) as Record<Category, CategoryCounts>,
    took: Math.round(performance.now() - began),
  }
  const data = { counts, countedAt: now }
  await reader(actor).incidentCounts.upsert({ where: { incidentId }, create: { incidentId, ...data }, update: data })
  return counts
}

function pick<Row extends { category: Category }>(rows: Row[], category: Category): Omit<Row, 'category'> | undefined {
  const row = rows.find(one => one.category === category)
  if (!row) return undefined
  const { category: _, ...counts } = row
  return counts
}

type Found = { category: Category } & Omit<CategoryCounts, 'restored' | 'restoredPeople'>

/** Newer batches supersede older ones per subscriber and category: only the newest counts. */
const countFound = (incidentId: string) => reader('every-carrier').$queryRaw<Found[]>`
  SELECT category, count(*)::int AS people,
    coalesce(sum(expected), 0)::float8 AS expected, (count(*) FILTER (WHERE expected IS NULL))::int AS "expectedUnknown",
    sum(complete)::float8 AS complete, sum(partial)::float8 AS partial, sum(damaged)::float8 AS damaged
  FROM (
    SELECT DISTINCT ON (h.subscriber_id, h.category) h.category, h.expected, h.complete, h.partial, h.damaged
    FROM holdings h JOIN recovery_batches b ON b.id = h.batch_id
    WHERE b.incident_id = ${incidentId}::uuid AND b.status IN ('accepted', 'released')
    ORDER BY h.subscriber_id, h.category, h.as_of DESC, b.created_at DESC, h.id DESC
  ) newest
  GROUP BY category`

async function countAffected(incidentId: string): Promise<number> {
  const [row] = await reader('every-carrier').$queryRaw<{ affected: number }[]>`
    SELECT count(DISTINCT h.subscriber_id)::int AS affected FROM holdings h JOIN recovery_batches b ON b.id = h.batch_id
    WHERE b.incident_id = ${incidentId}::uuid AND b.status IN ('accepted', 'released')`
  return row?.affected ?? 0
}

/** A twentieth of the time at most goes into counting. */
const rarer = 20

/** Counts every incident that people may still wait for and whose last count is old enough. Answers whether any changed. */
export async function countIncidents(actor: Actor, now = new Date()): Promise<boolean> {
  authorizeEver(actor, 'status.publish')
  const incidents = await reader(actor).incident.findMany({
    where: { kind: 'incident', status: { not: 'draft' }, batches: { some: {} } },
    include: { counts: true },
  })
  let changed = false
  for (const { id, counts } of incidents) {
    const before = counts ? readCounts(counts.counts) : null
    if (counts && before && now.getTime() - counts.countedAt.getTime() < before.took * rarer) continue
    const after = await countIncident(actor, id, now)
    changed ||= JSON.stringify({ ...before, took: 0 }) !== JSON.stringify({ ...after, took: 0 })
  }
  return changed
}
