import { reader } from '@/domain/transaction'
import type { IncidentStatus } from '@/prisma/generated/enums'

const phases = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] as const
const isPhase = (status: IncidentStatus): status is (typeof phases)[number] =>
  (phases as readonly IncidentStatus[]).includes(status)

/** What was last said about an incident, in both languages. */
export interface LatestUpdate {
  incident: { id: string; slug: string; title: { en: string; fr: string }; startedAt: Date }
  status: (typeof phases)[number]
  body: { en: string; fr: string }
  publishedAt: Date
  nextUpdateBy: Date | null
  /** The promised time has passed and nothing newer was said. */
  overdue: boolean
}

/**
 * The latest statement on every incident that was made public, newest incident first. Statements are public by nature,
 * so that nobody is asked who they are; a carrier's subscribers see their own carrier's.
 */
export async function latestUpdates(carrierId: string | null = null, now = new Date()): Promise<LatestUpdate[]> {
  const incidents = await reader().incident.findMany({
    where: {
      kind: 'incident',
      status: { not: 'draft' },
      ...(carrierId === null ? {} : { carriers: { some: { carrierId } } }),
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    include: { updates: { where: { publishedAt: { lte: now } }, orderBy: { number: 'desc' }, take: 1 } },
    take: 20,
  })
  return incidents.flatMap(incident => {
    const [update] = incident.updates
    if (update === undefined || !isPhase(update.status)) return []
    return [
      {
        incident: {
          id: incident.id,
          slug: incident.slug,
          title: { en: incident.titleEn, fr: incident.titleFr },
          startedAt: incident.startedAt,
        },
        status: update.status,
        body: { en: update.bodyEn, fr: update.bodyFr },
        publishedAt: update.publishedAt,
        nextUpdateBy: update.nextUpdateBy,
        overdue: update.nextUpdateBy !== null && update.nextUpdateBy < now,
      },
    ]
  })
}
