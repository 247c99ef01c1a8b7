import { reader } from '@/domain/transaction'
import { markdownToHtml } from '@/formats/markdown/to-html'
import type { IncidentStatus } from '@/prisma/generated/enums'

const phases = ['investigating', 'identified', 'monitoring', 'resolved', 'postmortem'] as const
const isPhase = (status: IncidentStatus): status is (typeof phases)[number] =>
  (phases as readonly IncidentStatus[]).includes(status)

/** What was last said about an incident, in both languages. */
export interface LatestUpdate {
  incident: { id: string; slug: string; title: { en: string; fr: string }; startedAt: Date }
  status: (typeof phases)[number]
  html: { en: string; fr: string }
  publishedAt: Date
  /** When the next was promised for; null where none is. */
  nextUpdateBy: Date | null
  /** The promised time has passed and nothing newer was said. */
  overdue: boolean
}

/**
 * The latest statement on every incident that was made public, newest incident first. Statements are public by nature,
 * so that nobody is asked who they are; a carrier's subscribers see their own carrier's.
 */
export async function latestUpdates(carrierId: string | null = null, now = new Date()): Promise<LatestUpdate[]> {
  const incidents = await reader('every-carrier').incident.findMany({
    where: {
      kind: 'incident',
      status: { not: 'draft' },
      ...(carrierId === null ? {} : { carriers: { some: { carrierId } } }),
    },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    include: {
      // What was entered afterwards has a later number and was said earlier.
      updates: {
        where: { publishedAt: { lte: now } },
        orderBy: [{ publishedAt: 'desc' }, { number: 'desc' }],
        take: 1,
      },
      promises: {
        where: { kind: 'next_update', status: { not: 'kept' }, keptLateAt: null, madeAt: { lte: now } },
        orderBy: { dueAt: 'desc' },
        take: 1,
      },
    },
    take: 20,
  })
  return incidents.flatMap(incident => {
    const [update] = incident.updates
    const nextUpdateBy = incident.promises[0]?.dueAt ?? null
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
        html: { en: markdownToHtml(update.bodyEn), fr: markdownToHtml(update.bodyFr) },
        publishedAt: update.publishedAt,
        nextUpdateBy,
        overdue: nextUpdateBy !== null && nextUpdateBy < now,
      },
    ]
  })
}
