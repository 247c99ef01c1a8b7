import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { Prisma, type Tx, transaction } from '@/domain/transaction'
import { countRatings } from '@/domain/triage/figures/count-ratings'

const hour = 3_600_000
/** Hours are counted anew as long as something that began in them may still be written down. */
const settlesMs = 2 * hour
/** Of a history that nobody counted yet, at most so much at a time. */
const atOnceMs = 30 * 24 * hour

/** Upper bounds in hours of the ages and durations that are told apart; what is longer has the last name. */
export const spans = ['1h', '4h', '24h', '72h', '168h', 'more'] as const
export type Span = (typeof spans)[number]

const spanOf = (interval: Prisma.Sql) => Prisma.sql`
  CASE WHEN ${interval} <= interval '1 hour' THEN '1h' WHEN ${interval} <= interval '4 hours' THEN '4h'
    WHEN ${interval} <= interval '24 hours' THEN '24h' WHEN ${interval} <= interval '72 hours' THEN '72h'
    WHEN ${interval} <= interval '168 hours' THEN '168h' ELSE 'more' END`

/**
 * Counts what arrived, was decided and was restored in the hours since it was last counted, and what waits now. Counted
 * twice, it is the same. Answers up to when there are figures now.
 */
export async function countFigures(actor: Actor, now = new Date()): Promise<Date> {
  authorizeEver(actor, 'figures.count')
  return transaction(actor, async tx => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7, 9)`
    const from = await firstUncounted(tx, now)
    const until = new Date(Math.min(now.getTime(), from.getTime() + atOnceMs))
    await tx.$executeRaw`DELETE FROM triage_hours WHERE hour >= ${from} AND hour < ${until} AND figure NOT IN ('waiting', 'people', 'rated')`
    await countArrived(tx, from, until)
    for (const figure of ['approved', 'declined'] as const) await countDecided(tx, figure, from, until)
    await countRestored(tx, from, until)
    await countRatings(tx, from, until)
    if (until.getTime() === now.getTime()) {
      await countWaiting(tx, now)
      await countPeople(tx, now)
    }
    await tx.$executeRaw`
      INSERT INTO triage_counted (id, until) VALUES (1, ${until}) ON CONFLICT (id) DO UPDATE SET until = EXCLUDED.until`
    return until
  })
}

/** The beginning of the first hour that may have changed since it was counted; where nothing was, the first with anything. */
async function firstUncounted(tx: Tx, now: Date): Promise<Date> {
  const counted = await tx.triageCounted.findUnique({ where: { id: 1 } })
  const first = counted
    ? new Date(counted.until.getTime() - settlesMs)
    : ((await tx.ticket.aggregate({ _min: { openedAt: true } }))._min.openedAt ?? now)
  return new Date(Math.floor(Math.min(first.getTime(), now.getTime()) / hour) * hour)
}

interface Slice {
  slice: 'all' | 'kind' | 'category' | 'reason' | 'person' | 'took'
  of: Prisma.Sql
  from: Prisma.Sql
}

/** Adds one figure by one slice: rows of `from` by hour and by what `of` says, with the time since `since`. */
async function add(
  tx: Tx,
  figure: 'arrived' | 'split' | 'approved' | 'declined' | 'restored',
  { slice, of, from }: Slice,
  { at, since, within }: { at: Prisma.Sql; since: Prisma.Sql; within: Prisma.Sql },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO triage_hours (carrier_id, hour, figure, slice, "of", count, seconds)
    SELECT x.carrier_id, date_trunc('hour', ${at}, 'UTC'), ${figure}::figure, ${slice}::figure_slice, ${of} AS name, count(*)::int,
      coalesce(sum(greatest(0, extract(epoch FROM ${at} - ${since}))), 0)::bigint
    FROM ${from} WHERE ${within} GROUP BY 1, 2, name HAVING ${of} IS NOT NULL`
}

const requests = Prisma.sql`restore_requests x`
const everything = { slice: 'all', of: Prisma.sql`''` } as const
const byCategory = {
  slice: 'category',
  of: Prisma.sql`c.category`,
  from: Prisma.sql`restore_requests x JOIN LATERAL (
    SELECT DISTINCT i.category::text FROM request_items i WHERE i.request_id = x.id) c ON true`,
} as const

/**
 * A part that was split off is no arrival: what it asks for arrived with the whole, and still counts there, by category too.
 * It is counted as split, so that the arithmetic holds: of tickets that stay open till they are decided, what waits is what
 * waited before, and what arrived, and what was split off, less what was decided; parts wait and are decided each by itself.
 */
async function countArrived(tx: Tx, from: Date, until: Date): Promise<void> {
  const at = Prisma.sql`x.opened_at`
  const opened = Prisma.sql`x.opened_at >= ${from} AND x.opened_at < ${until}`
  const isPart = Prisma.sql`EXISTS (SELECT FROM restore_requests p WHERE p.id = x.request_id AND p.split_from_id IS NOT NULL)`
  const within = Prisma.sql`${opened} AND NOT ${isPart}`
  const tickets = Prisma.sql`tickets x`
  const by = { at, since: at, within }
  await add(tx, 'arrived', { ...everything, from: tickets }, by)
  await add(tx, 'arrived', { slice: 'kind', of: Prisma.sql`x.kind::text`, from: tickets }, by)
  const asked = Prisma.sql`tickets x JOIN LATERAL (
    WITH RECURSIVE whole(id) AS (
      SELECT x.request_id UNION ALL SELECT p.id FROM restore_requests p JOIN whole w ON p.split_from_id = w.id)
    SELECT DISTINCT i.category::text FROM request_items i JOIN whole w ON w.id = i.request_id) c ON true`
  await add(tx, 'arrived', { ...byCategory, from: asked }, by)
  await add(tx, 'split', { ...everything, from: tickets }, { ...by, within: Prisma.sql`${opened} AND ${isPart}` })
}

async function countDecided(tx: Tx, figure: 'approved' | 'declined', from: Date, until: Date): Promise<void> {
  const which = figure === 'declined' ? Prisma.sql`IS NOT NULL` : Prisma.sql`IS NULL`
  const within = Prisma.sql`x.decided_at >= ${from} AND x.decided_at < ${until} AND x.decline_reason ${which}`
  const by = { at: Prisma.sql`x.decided_at`, since: Prisma.sql`x.filed_at`, within }
  await add(tx, figure, { ...everything, from: requests }, by)
  await add(tx, figure, byCategory, by)
  await add(tx, figure, { slice: 'person', of: Prisma.sql`x.decided_by`, from: requests }, by)
  if (figure === 'declined')
    await add(tx, figure, { slice: 'reason', of: Prisma.sql`x.decline_reason`, from: requests }, by)
}

async function countRestored(tx: Tx, from: Date, until: Date): Promise<void> {
  const within = Prisma.sql`x.finished_at >= ${from} AND x.finished_at < ${until} AND x.status IN ('done', 'undone')`
  const by = { at: Prisma.sql`x.finished_at`, since: Prisma.sql`x.filed_at`, within }
  await add(tx, 'restored', { ...everything, from: requests }, by)
  await add(tx, 'restored', byCategory, by)
  const took = spanOf(Prisma.sql`(x.finished_at - x.filed_at)`)
  await add(tx, 'restored', { slice: 'took', of: took, from: requests }, by)
}

/** What waits for support at this moment: of an hour, its last count stays. */
async function countWaiting(tx: Tx, now: Date): Promise<void> {
  const at = new Date(Math.floor(now.getTime() / hour) * hour)
  await tx.$executeRaw`DELETE FROM triage_hours WHERE hour = ${at} AND figure = 'waiting'`
  // Where nothing waits, that is a figure too.
  await tx.$executeRaw`
    INSERT INTO triage_hours (carrier_id, hour, figure, slice, "of", count)
    SELECT c.id, ${at}, 'waiting', 'all', '', (
      SELECT count(*)::int FROM tickets t WHERE t.carrier_id = c.id AND t.status = 'open' AND t.waits_since <= ${now})
    FROM carriers c`
  const age = spanOf(Prisma.sql`(${now}::timestamptz - t.waits_since)`)
  for (const [slice, of] of [
    ['age', age],
    ['kind', Prisma.sql`t.kind::text`],
  ] as const) {
    await tx.$executeRaw`
      INSERT INTO triage_hours (carrier_id, hour, figure, slice, "of", count)
      SELECT t.carrier_id, ${at}, 'waiting', ${slice}::figure_slice, ${of} AS name, count(*)::int
      FROM tickets t WHERE t.status = 'open' AND t.waits_since <= ${now} GROUP BY t.carrier_id, name`
  }
}

/** How many people lost how much. Every holding is looked at, so once an hour is enough. */
async function countPeople(tx: Tx, now: Date): Promise<void> {
  const at = new Date(Math.floor(now.getTime() / hour) * hour)
  if ((await tx.triageHour.count({ where: { hour: at, figure: 'people' } })) > 0) return
  await tx.$executeRaw`
    INSERT INTO triage_hours (carrier_id, hour, figure, slice, "of", count)
    SELECT carrier_id, ${at}, 'people', 'loss', loss::text, count(*)::int FROM subscriber_losses GROUP BY carrier_id, loss`
}
