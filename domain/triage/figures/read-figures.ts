import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { parseInput } from '@/domain/parse-input'
import { scope } from '@/domain/policy'
import { Prisma, reader } from '@/domain/transaction'
import { spans } from '@/domain/triage/figures/count-figures'
import { type BacklogForecast, forecastBacklog } from '@/domain/triage/figures/forecast-backlog'
import type { Figure, FigureSlice } from '@/prisma/generated/enums'

/** How many days the figures go back. */
export const figureDays = [7, 30, 90] as const

export const figuresInput = z.object({
  days: z.literal(figureDays).default(7),
  carrierId: z.uuid().optional(),
  /** IANA name of the zone whose days are counted. */
  timeZone: z.string().default('UTC'),
})
export type FiguresInput = z.input<typeof figuresInput>

export interface DayOfFigures {
  /** "2009-10-05", in the zone. */
  day: string
  arrived: number
  /** Parts of requests that became requests of their own: decided each, and no arrivals. */
  split: number
  approved: number
  declined: number
  restored: number
  /** At the day's last count; null where nobody counted. */
  waiting: number | null
}

/** What is counted as it happens. */
export const flows = ['arrived', 'split', 'approved', 'declined', 'restored'] as const
export type Flow = (typeof flows)[number]

export interface Share {
  /** A category, a reason's code, a kind, a span, or a person's id; of people also what they are called. */
  of: string
  name: string | null
  count: number
  /** On average, from filing. */
  meanSeconds: number
}

export interface CarrierFigures {
  id: string
  name: string
  arrived: number
  split: number
  approved: number
  declined: number
  restored: number
  waiting: number
}

export interface Figures {
  /** Null: nothing was counted yet. */
  countedUntil: Date | null
  days: DayOfFigures[]
  totals: Record<Flow, { count: number; meanSeconds: number }>
  waiting: number
  kinds: Share[]
  categories: Share[]
  reasons: Share[]
  people: Share[]
  took: Share[]
  ages: Share[]
  /** Subscribers by how much of theirs is lost for good: nothing, partly, significant, unknown; as of the last count. */
  losses: Share[]
  /** How people found it, by score from 1 to 5, the best first. */
  ratings: Share[]
  carriers: CarrierFigures[]
  forecast: BacklogForecast
}

const forecastDays = 15

/** How triage went in the last days, today among them, of every carrier that the actor may see or of one. */
export async function readFigures(actor: Actor, input: FiguresInput = {}, now = new Date()): Promise<Figures> {
  const own = scope(actor, 'figures.read').carrierId
  return gatherFigures(reader(actor), own, parseInput(figuresInput, input), now)
}

/** The figures of one carrier, or of every one that the reader sees. */
export async function gatherFigures(
  db: Reader,
  own: string | undefined,
  { days, carrierId, timeZone }: z.output<typeof figuresInput>,
  now: Date,
): Promise<Figures> {
  // Another carrier's figures are none.
  const of = [...new Set([own, carrierId].filter(one => one !== undefined))]
  const within = Prisma.join([Prisma.sql`true`, ...of.map(one => Prisma.sql`carrier_id = ${one}::uuid`)], ' AND ')
  const [{ from }] = await db.$queryRaw<[{ from: Date }]>`
    SELECT (date_trunc('day', ${now}::timestamptz, ${timeZone}) AT TIME ZONE ${timeZone} - make_interval(days => ${days - 1}))
      AT TIME ZONE ${timeZone} AS from`
  const [counted, byDay, waitingByDay, shares, carriers, history] = await Promise.all([
    db.triageCounted.findUnique({ where: { id: 1 } }),
    db.$queryRaw<{ day: string; figure: Figure; count: number }[]>`
      SELECT to_char(hour AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, figure, sum(count)::int AS count
      FROM triage_hours WHERE hour >= ${from} AND slice = 'all' AND figure NOT IN ('waiting', 'people') AND ${within} GROUP BY 1, 2`,
    db.$queryRaw<{ day: string; count: number }[]>`
      SELECT DISTINCT ON (1) to_char(hour AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day, sum(count)::int AS count
      FROM triage_hours WHERE hour >= ${from} AND slice = 'all' AND figure = 'waiting' AND ${within}
      GROUP BY 1, hour ORDER BY 1, hour DESC`,
    readShares(db, from, within),
    db.$queryRaw<CarrierFigures[]>`
      SELECT c.id, c.name,
        coalesce(sum(h.count) FILTER (WHERE h.figure = 'arrived'), 0)::int AS arrived,
        coalesce(sum(h.count) FILTER (WHERE h.figure = 'split'), 0)::int AS split,
        coalesce(sum(h.count) FILTER (WHERE h.figure = 'approved'), 0)::int AS approved,
        coalesce(sum(h.count) FILTER (WHERE h.figure = 'declined'), 0)::int AS declined,
        coalesce(sum(h.count) FILTER (WHERE h.figure = 'restored'), 0)::int AS restored,
        coalesce(sum(h.count) FILTER (WHERE h.figure = 'waiting' AND h.hour = (
          SELECT max(hour) FROM triage_hours WHERE figure = 'waiting')), 0)::int AS waiting
      FROM carriers c JOIN triage_hours h ON h.carrier_id = c.id
      WHERE h.hour >= ${from} AND h.slice = 'all' AND ${within} GROUP BY c.id, c.name ORDER BY waiting DESC, c.name`,
    db.$queryRaw<{ at: Date; count: number }[]>`
      SELECT hour AS at, sum(count)::int AS count FROM triage_hours
      WHERE hour >= ${new Date(now.getTime() - forecastDays * 86_400_000)} AND slice = 'all' AND figure = 'waiting' AND ${within}
      GROUP BY hour ORDER BY hour`,
  ])
  const total = (figure: Flow) => {
    const { count = 0, meanSeconds = 0 } = shares(figure, 'all')[0] ?? {}
    return { count, meanSeconds }
  }
  return {
    countedUntil: counted?.until ?? null,
    days: daysOf(from, days, timeZone, byDay, waitingByDay),
    totals: {
      arrived: total('arrived'),
      split: total('split'),
      approved: total('approved'),
      declined: total('declined'),
      restored: total('restored'),
    },
    waiting: history.at(-1)?.count ?? 0,
    kinds: shares('arrived', 'kind'),
    categories: shares('arrived', 'category'),
    reasons: shares('declined', 'reason'),
    people: [...merged([...shares('approved', 'person'), ...shares('declined', 'person')])],
    took: bySpan(shares('restored', 'took')),
    ages: bySpan(shares('waiting', 'age')),
    losses: shares('people', 'loss'),
    ratings: shares('rated', 'score').sort((a, b) => b.of.localeCompare(a.of)),
    carriers,
    forecast: forecastBacklog(history),
  }
}

/** The shortest first. */
const bySpan = (shares: Share[]): Share[] =>
  shares.toSorted((a, b) => spans.findIndex(one => one === a.of) - spans.findIndex(one => one === b.of))

type Reader = ReturnType<typeof reader>

/** Sums by figure and slice, the most frequent first; of what waits, its last count only. */
async function readShares(db: Reader, from: Date, within: Prisma.Sql) {
  const rows = await db.$queryRaw<(Share & { figure: Figure; slice: FigureSlice })[]>`
    SELECT h.figure, h.slice, h."of", s.name, h.count, h."meanSeconds"
    FROM (
      SELECT figure, slice, "of", sum(count)::int AS count, (sum(seconds) / greatest(1, sum(count)))::float8 AS "meanSeconds"
      FROM triage_hours
      WHERE hour >= ${from} AND ${within}
        AND (figure NOT IN ('waiting', 'people')
          OR hour = (SELECT max(hour) FROM triage_hours l WHERE l.figure = triage_hours.figure AND ${within}))
      GROUP BY figure, slice, "of"
    ) h LEFT JOIN staff s ON h.slice = 'person' AND s.id::text = h."of"
    ORDER BY h.count DESC, h."of"`
  return (figure: Figure, slice: FigureSlice): Share[] =>
    rows
      .filter(one => one.figure === figure && one.slice === slice)
      .map(({ of, name, count, meanSeconds }) => ({ of, name, count, meanSeconds }))
}

/** What one person approved and declined, together. */
function merged(shares: Share[]): Share[] {
  const known = new Map<string, Share>()
  for (const one of shares) {
    const { count = 0, meanSeconds = 0 } = known.get(one.of) ?? {}
    const both = count + one.count
    known.set(one.of, { ...one, count: both, meanSeconds: (count * meanSeconds + one.count * one.meanSeconds) / both })
  }
  return [...known.values()].sort((a, b) => b.count - a.count)
}

function daysOf(
  from: Date,
  count: number,
  timeZone: string,
  byDay: { day: string; figure: Figure; count: number }[],
  waitingByDay: { day: string; count: number }[],
): DayOfFigures[] {
  const nameOf = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  return Array.from({ length: count }, (_, at) => {
    // Noon is in its day however long the day before was.
    const day = nameOf.format(new Date(from.getTime() + at * 86_400_000 + 43_200_000))
    const of = (figure: Figure) => byDay.find(one => one.day === day && one.figure === figure)?.count ?? 0
    const waiting = waitingByDay.find(one => one.day === day)?.count ?? null
    return {
      day,
      arrived: of('arrived'),
      split: of('split'),
      approved: of('approved'),
      declined: of('declined'),
      restored: of('restored'),
      waiting,
    }
  })
}
