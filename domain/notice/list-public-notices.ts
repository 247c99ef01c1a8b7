import { readAudience } from '@/domain/notice/audience'
import { openedStatuses } from '@/domain/notice/notice-status'
import { escapeMarkdown, fillVariables, noticeValues } from '@/domain/notice/notice-text'
import { type Prisma, reader } from '@/domain/transaction'
import type { Notice } from '@/prisma/generated/client'

/** A notice as everybody may read it. An empty title: not written in that language. Bodies are Markdown. */
export interface PublicNotice {
  id: string
  number: number
  status: (typeof openedStatuses)[number]
  carrierId: string
  carrierName: string
  incidentId: string | null
  titleEn: string
  titleFr: string
  bodyEn: string
  bodyFr: string
  publishedAt: Date
  /** When and why it was corrected or withdrawn. */
  endedAt: Date | null
  endReasonEn: string | null
  endReasonFr: string | null
  /** The notice that it was published in place of. */
  correctsId: string | null
}

export const openedShape = {
  carrier: { select: { name: true } },
  incident: { select: { titleEn: true, titleFr: true } },
} satisfies Prisma.NoticeInclude
export type OpenedNotice = Notice & {
  carrier: { name: string }
  incident: { titleEn: string; titleFr: string } | null
}

/**
 * Every notice that was published to everyone, newest first: what holds, what was corrected, what was withdrawn after
 * people could read it. Never one that is for a segment.
 */
export async function listPublicNotices({
  portalUrl,
  take = 200,
}: {
  portalUrl: string
  take?: number
}): Promise<PublicNotice[]> {
  const rows = await reader('every-carrier').notice.findMany({
    where: {
      status: { in: [...openedStatuses] },
      publishedAt: { not: null },
      audience: { path: ['everyone'], equals: true },
    },
    include: openedShape,
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    take,
  })
  return rows.filter(row => readAudience(row.audience).everyone === true).map(row => toRead(row, null, portalUrl))
}

/** What a notice says to one person (null: to everybody), its variables filled in. */
export function toRead(row: OpenedNotice, name: string | null, portalUrl: string): PublicNotice {
  const { id, number, carrierId, carrier, incidentId, incident, publishedAt, endedAt } = row
  const values = (language: 'en' | 'fr') =>
    noticeValues(language, { name, carrierName: carrier.name, incident, portalUrl, number })
  const [en, fr] = [values('en'), values('fr')]
  return {
    id,
    number,
    status: row.status as PublicNotice['status'],
    carrierId,
    carrierName: carrier.name,
    incidentId,
    titleEn: fillVariables(row.titleEn, en),
    titleFr: fillVariables(row.titleFr, fr),
    bodyEn: fillVariables(row.bodyEn, en, escapeMarkdown),
    bodyFr: fillVariables(row.bodyFr, fr, escapeMarkdown),
    publishedAt: publishedAt!,
    endedAt,
    endReasonEn: row.endReasonEn,
    endReasonFr: row.endReasonFr,
    correctsId: row.correctsId,
  }
}
