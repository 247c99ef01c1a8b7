import type { Actor } from '@/domain/actor'
import { dayIn } from '@/domain/compensation/notify-by'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** How it stands with what one carrier grants after one incident. Counts are subscribers. */
export interface CompensationCounts {
  carrier: { id: string; name: string }
  incident: { id: string; titleEn: string; titleFr: string }
  version: number
  /** The version was withdrawn, and none has come after it: what it granted stands. */
  withdrawn: boolean
  granted: number
  refused: number
  exported: number
  /** Granted, and neither shown to them nor given to billing. */
  untold: number
  /** Of those: whose day is over. */
  overdue: number
  /** "2009-10-11": the next day by which somebody of them is to be told. */
  nextBy: string | null
}

/** What carriers grant by rules that are active, or were the last and withdrawn: counts, and nobody's name. */
export async function countCompensation(actor: Actor, now = new Date()): Promise<CompensationCounts[]> {
  const { carrierId } = scope(actor, 'compensation.count')
  const db = reader(actor)
  const versions = await db.compensationVersion.findMany({
    where: { status: { in: ['active', 'off'] }, ...(carrierId === undefined ? {} : { carrierId }) },
    include: {
      carrier: { select: { id: true, name: true } },
      incident: { select: { id: true, titleEn: true, titleFr: true } },
    },
    distinct: ['carrierId', 'incidentId'],
    // Of each the newest: one that is active is newer than what was withdrawn before it.
    orderBy: [{ carrierId: 'asc' }, { incidentId: 'asc' }, { number: 'desc' }],
    take: 100,
  })
  return Promise.all(
    versions.map(async ({ carrier, incident, number, zone, status }) => {
      const today = dayIn(now, zone)
      const [row] = await db.$queryRaw<Omit<CompensationCounts, 'carrier' | 'incident' | 'version' | 'withdrawn'>[]>`
        SELECT count(*) FILTER (WHERE granted)::int AS granted, count(*) FILTER (WHERE NOT granted)::int AS refused,
          count(*) FILTER (WHERE export_id IS NOT NULL)::int AS exported, count(*) FILTER (WHERE untold)::int AS untold,
          count(*) FILTER (WHERE untold AND notify_by < ${today}::date)::int AS overdue,
          to_char(min(notify_by) FILTER (WHERE untold AND notify_by >= ${today}::date), 'YYYY-MM-DD') AS "nextBy"
        FROM (
          SELECT d.*, d.grant_kind IS NOT NULL AS granted,
            d.grant_kind IS NOT NULL AND d.shown_at IS NULL AND d.export_id IS NULL AS untold
          FROM compensation_decisions d
          WHERE d.carrier_id = ${carrier.id}::uuid AND d.incident_id = ${incident.id}::uuid AND d.ended_at IS NULL
        ) d`
      return { carrier, incident, version: number, withdrawn: status === 'off', ...row! }
    }),
  )
}
