import type { PublicNotice } from '@/domain/incident/public-status'
import type { PublicNotice as NoticeToRead } from '@/domain/notice/list-public-notices'

/** A carrier's notice as the public page takes it. */
export function publicNotice(notice: NoticeToRead): PublicNotice {
  const { id, number, carrierId, carrierName, incidentId, status, publishedAt, endedAt, correctsId } = notice
  const { endReasonEn, endReasonFr } = notice
  return {
    id,
    number,
    carrier: { id: carrierId, name: carrierName },
    incidentId,
    status,
    title: { en: notice.titleEn, fr: notice.titleFr },
    body: { en: notice.bodyEn, fr: notice.bodyFr },
    publishedAt,
    endedAt,
    endReason: endReasonEn && endReasonFr ? { en: endReasonEn, fr: endReasonFr } : null,
    correctsId,
  }
}
