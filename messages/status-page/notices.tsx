import { Tag } from '@/messages/status-page/marks'
import type { Speaker } from '@/messages/status-page/speaker'
import { Moment, Prose } from '@/messages/status-page/standing'
import type { NoticeView } from '@/messages/status-page/view'

export function Notices({ speaker, notices }: { speaker: Speaker; notices: NoticeView[] }) {
  const { t, dates, language } = speaker
  if (notices.length === 0) return null
  return (
    <section className="s">
      <h2>{t('statusPage.notices.heading')}</h2>
      {notices.map(notice => {
        const { number, carrier, status, endedAt, endReason } = notice
        const end = { moment: endedAt ? dates.moment(endedAt) : '', reason: endReason?.[language] ?? '' }
        return (
          <article key={notice.id} id={`notice-${number}`} className="card xs">
            <h3>{inLanguage(notice.title, language)}</h3>
            <p className="quiet">
              {t('statusPage.notices.by', { carrier: carrier.name, number: String(number) })} ·{' '}
              <Moment speaker={speaker} at={notice.publishedAt} />
            </p>
            {status === 'published' ? null : (
              <p>
                <Tag mark="gone">{t(`statusPage.notices.${status}`, end)}</Tag>
              </p>
            )}
            {status === 'published' ? (
              <Prose speaker={speaker} text={inLanguage(notice.body, language)} />
            ) : (
              // It stays readable, but nobody who skims the page takes it for advice.
              <details>
                <summary>{t('statusPage.notices.saidThen')}</summary>
                <Prose speaker={speaker} text={inLanguage(notice.body, language)} />
              </details>
            )}
          </article>
        )
      })}
    </section>
  )
}

/** A notice may exist in one language alone: better that than nothing. */
const inLanguage = (text: Record<'en' | 'fr', string>, language: 'en' | 'fr'): string =>
  text[language] || text.en || text.fr
