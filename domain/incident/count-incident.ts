import { z } from 'zod'
import type { Actor } from '@/domain/actor'
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
  /** Records that are in people's accounts by finished restores that were not undone, and how many people's. */
  restored: z.number(),
  restoredPeople: z.number(),
})
export type CategoryCounts = z.output<typeof perCategory>

const countsForm = z.object({
  /** Subscribers of whom a usable batch knows anything. */
  affected: z.number(),
  /** Subscribers with a finished restore that was not undone. */
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
  const [found, restored, people] = await Promise.all([
    countFound(incidentId),
    countRestored(incidentId),
    countPeople(incidentId),
  ])
  const rows = categories.map((category): [Category, CategoryCounts] => [
    category,
    { ...none, ...pick(found, category), ...pick(restored, category) },
  ])
  const counts: Counts = {
    ...people,
    categories: Object.fromEntries(rows) as Record<Category, CategoryCounts>,
    took: Math.round(performance.now() - began),
  }
  const data = { counts, countedAt: now }
  await reader().incidentCounts.upsert({ where: { incidentId }, create: { incidentId, ...data }, update: data })
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
const countFound = (incidentId: string) => reader().$queryRaw<Found[]>`
  SELECT category, count(*)::int AS people,
    coalesce(sum(expected), 0)::int AS expected, (count(*) FILTER (WHERE expected IS NULL))::int AS "expectedUnknown",
    sum(complete)::int AS complete, sum(partial)::int AS partial, sum(damaged)::int AS damaged
  FROM (
    SELECT DISTINCT ON (h.subscriber_id, h.category) h.category, h.expected, h.complete, h.partial, h.damaged
    FROM holdings h JOIN recovery_batches b ON b.id = h.batch_id
    WHERE b.incident_id = ${incidentId}::uuid AND b.status IN ('accepted', 'released')
    ORDER BY h.subscriber_id, h.category, h.as_of DESC, h.id DESC
  ) newest
  GROUP BY category`

type Restored = { category: Category } & Pick<CategoryCounts, 'restored' | 'restoredPeople'>

const countRestored = (incidentId: string) => reader().$queryRaw<Restored[]>`
  SELECT c.category, count(DISTINCT q.subscriber_id)::int AS "restoredPeople",
    coalesce(sum(coalesce((c.counts->>'created')::int, 0) + coalesce((c.counts->>'merged')::int, 0)
      + coalesce((c.counts->>'keptBoth')::int, 0) + coalesce((c.counts->>'alreadyPresent')::int, 0)), 0)::int AS restored
  FROM restore_requests q
  JOIN runs r ON r.request_id = q.id AND r.kind = 'restore' AND r.status = 'done'
  JOIN run_categories c ON c.run_id = r.id
  WHERE q.status = 'done' AND EXISTS (
    SELECT FROM request_items i JOIN holdings h ON h.id = i.holding_id JOIN recovery_batches b ON b.id = h.batch_id
    WHERE i.request_id = q.id AND i.category = c.category AND b.incident_id = ${incidentId}::uuid)
  GROUP BY c.category`

async function countPeople(incidentId: string): Promise<{ affected: number; restoredPeople: number }> {
  const [row] = await reader().$queryRaw<{ affected: number; restoredPeople: number }[]>`
    SELECT
      (SELECT count(DISTINCT h.subscriber_id) FROM holdings h JOIN recovery_batches b ON b.id = h.batch_id
       WHERE b.incident_id = ${incidentId}::uuid AND b.status IN ('accepted', 'released'))::int AS affected,
      (SELECT count(DISTINCT q.subscriber_id) FROM restore_requests q WHERE q.status = 'done' AND EXISTS (
         SELECT FROM request_items i JOIN holdings h ON h.id = i.holding_id JOIN recovery_batches b ON b.id = h.batch_id
         WHERE i.request_id = q.id AND b.incident_id = ${incidentId}::uuid))::int AS "restoredPeople"`
  return row ?? { affected: 0, restoredPeople: 0 }
}

/** A twentieth of the time at most goes into counting. */
const rarer = 20

/** Counts every incident that people may still wait for and whose last count is old enough. Answers whether any changed. */
export async function countIncidents(actor: Actor, now = new Date()): Promise<boolean> {
  authorizeEver(actor, 'status.publish')
  const incidents = await reader().incident.findMany({
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
