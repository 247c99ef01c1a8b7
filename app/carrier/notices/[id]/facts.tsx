import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Part } from '@/app/_ui/page'
import { audienceInWords, stateOf } from '@/app/carrier/notice-words'
import type { FoundNotice } from '@/domain/notice/find-notice'
import { mayEver } from '@/domain/policy'

/** Whom it is for, who had it in hand and when, and which notices it belongs with. */
export function NoticeFacts({ visit, notice }: { visit: Visit; notice: FoundNotice }) {
  const { t, dates, language, actor } = visit
  const by = (name: string | null, at: Date | null) =>
    at === null ? null : t('notices.facts.by', { who: name ?? t('notices.somebody'), moment: dates.moment(at) })
  const link = (other: FoundNotice['correctedBy'][number]) => (
    <a key={other.id} href={`/carrier/notices/${other.id}`} className="inline-flex min-h-6 items-center">
      {t('notices.facts.other', { number: String(other.number), state: stateOf(visit, other) })}
    </a>
  )
  const channels = ['page', ...notice.channels] as ('page' | 'mail' | 'sms')[]
  const rows: { term: string; value: React.ReactNode }[] = [
    {
      term: t('notices.facts.audience'),
      value: (
        <ul>
          {audienceInWords(visit, notice.audience).map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ),
    },
    { term: t('notices.facts.channels'), value: dates.list(channels.map(one => t(`notices.channels.inline.${one}`))) },
    {
      term: t('notices.facts.incident'),
      value: notice.incident === null ? null : language === 'fr' ? notice.incident.titleFr : notice.incident.titleEn,
    },
    { term: t('notices.facts.created'), value: by(notice.createdBy, notice.createdAt) },
    { term: t('notices.facts.edited'), value: by(notice.editedBy, notice.editedAt) },
    { term: t('notices.facts.submitted'), value: by(notice.submittedBy, notice.submittedAt) },
    { term: t('notices.facts.approved'), value: by(notice.approvedBy, notice.approvedAt) },
    { term: t('notices.facts.scheduled'), value: notice.scheduledFor && dates.moment(notice.scheduledFor) },
    { term: t('notices.facts.published'), value: notice.publishedAt && dates.moment(notice.publishedAt) },
    {
      term: t('notices.facts.people'),
      value: notice.audienceSize === null ? null : dates.number(notice.audienceSize),
    },
    { term: t('notices.facts.ended'), value: notice.endedAt && dates.moment(notice.endedAt) },
    { term: t('notices.facts.corrects'), value: notice.corrects && link(notice.corrects) },
    {
      term: t('notices.facts.correctedBy'),
      value:
        notice.correctedBy.length === 0 ? null : (
          <ul>
            {notice.correctedBy.map(one => (
              <li key={one.id}>{link(one)}</li>
            ))}
          </ul>
        ),
    },
  ]
  return (
    <Card>
      <Part>
        <h2>{t('notices.facts.title')}</h2>
        <CompactFacts rows={rows.filter(({ value }) => value !== null)} />
        {notice.publishedAt === null || !mayEver(actor, 'delivery.read') ? null : (
          <p>
            <a href={`/carrier/notices/${notice.id}/results`} className="inline-flex min-h-6 items-center">
              {t('notices.facts.results')}
            </a>
          </p>
        )}
      </Part>
    </Card>
  )
}
