import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { readAudience } from '@/domain/notice/audience'
import { audienceSql } from '@/domain/notice/audience-sql'
import { type OpenedNotice, openedShape, type PublicNotice, toRead } from '@/domain/notice/list-public-notices'
import { scope } from '@/domain/policy'
import { Prisma, reader } from '@/domain/transaction'
import { markdownToHtml } from '@/formats/markdown/to-html'

const most = 50

/** A notice with its bodies as HTML; an empty one: not written in that language. */
export interface SubscriberNotice extends PublicNotice {
  html: { en: string; fr: string }
}

/**
 * The notices of the subscriber's carrier that are for them, newest first, at most `take` (50): published ones whose audience they
 * belong to now or that were sent to them; what was corrected or withdrawn stays with them for whom it was.
 */
export async function listSubscriberNotices(
  actor: Actor,
  { portalUrl, incidentId, take = most }: { portalUrl: string; incidentId?: string; take?: number },
): Promise<SubscriberNotice[]> {
  const { carrierId, subscriberId } = scope(actor, 'overview.read')
  if (carrierId === undefined || subscriberId === undefined)
    throw new Refusal('not-allowed', 'not-allowed', 'Notices are read here by subscribers.')
  const own = { carrierId, publishedAt: { not: null }, ...(incidentId && { incidentId }) }
  const newest = {
    include: openedShape,
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    take: most,
  } satisfies Prisma.NoticeFindManyArgs
  const [holding, ended, person] = await Promise.all([
    reader(actor).notice.findMany({ where: { ...own, status: 'published' }, ...newest }),
    reader(actor).notice.findMany({ where: { ...own, status: { in: ['corrected', 'withdrawn'] } }, ...newest }),
    reader(actor).subscriber.findUniqueOrThrow({ where: { id: subscriberId }, select: { name: true } }),
  ])
  const [meant, sent] = await Promise.all([
    meantFor(actor, [...holding, ...ended], subscriberId),
    sentTo(actor, [...holding, ...ended], subscriberId),
  ])
  return [...holding, ...ended]
    .filter(({ id }) => meant.has(id) || sent.has(id))
    .sort((a, b) => b.publishedAt!.getTime() - a.publishedAt!.getTime())
    .slice(0, take)
    .map(row => toRead(row, person.name, portalUrl))
    .map(notice => ({ ...notice, html: { en: markdownToHtml(notice.bodyEn), fr: markdownToHtml(notice.bodyFr) } }))
}

/** Asked in one statement: which of the notices' audiences the subscriber belongs to. */
async function meantFor(actor: Actor, notices: OpenedNotice[], subscriberId: string): Promise<Set<string>> {
  if (notices.length === 0) return new Set()
  const asked = notices.map(
    ({ id, audience, carrierId, incidentId }) => Prisma.sql`
      SELECT ${id} AS id FROM subscribers s
      WHERE s.id = ${subscriberId}::uuid AND ${audienceSql(readAudience(audience), carrierId, incidentId)}`,
  )
  const rows = await reader(actor).$queryRaw<{ id: string }[]>(Prisma.join(asked, ' UNION ALL '))
  return new Set(rows.map(({ id }) => id))
}

async function sentTo(actor: Actor, notices: OpenedNotice[], subscriberId: string): Promise<Set<string>> {
  const rows = await reader(actor).broadcast.findMany({
    where: {
      noticeId: { in: notices.map(({ id }) => id) },
      deliveries: { some: { subscriberId, status: { in: ['sent', 'delivered'] } } },
    },
    select: { noticeId: true },
  })
  return new Set(rows.flatMap(({ noticeId }) => noticeId ?? []))
}
