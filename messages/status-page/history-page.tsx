import { addressOf } from '@/messages/status-page/addresses'
import { document } from '@/messages/status-page/layout'
import type { Speaker } from '@/messages/status-page/speaker'
import { Standing } from '@/messages/status-page/standing'
import type { StatusView } from '@/messages/status-page/view'

const onOnePage = 50
export const yearsOf = ({ year }: Speaker, { incidents }: StatusView): number[] =>
  [...new Set(incidents.map(one => year(one.startedAt)))].sort((a, b) => b - a)

/** The latest, or all of one year. */
export function historyPage(speaker: Speaker, status: StatusView, year: number | null): string {
  const { t, dates, language } = speaker
  const title = year === null ? t('statusPage.history.title') : t('statusPage.history.year', { year: String(year) })
  const listed =
    year === null
      ? status.incidents.slice(0, onOnePage)
      : status.incidents.filter(one => speaker.year(one.startedAt) === year)
  return document({
    speaker,
    path: year === null ? '/history' : `/history/${year}`,
    title,
    children: (
      <>
        <section className="s">
          <h1>{title}</h1>
          <p>{listed.length === 0 ? t('statusPage.history.none') : t('statusPage.history.lead')}</p>
          {year === null && status.incidents.length > onOnePage ? (
            <p className="quiet">{t('statusPage.history.recent', { count: dates.number(onOnePage) })}</p>
          ) : null}
        </section>
        {listed.length > 0 ? (
          <ul className="plain lines card">
            {listed.map(one => (
              <li key={one.id} className="xs">
                <h2>
                  <a href={addressOf(speaker, one)}>{one.title[language]}</a>
                </h2>
                <Standing speaker={speaker} incident={one} />
              </li>
            ))}
          </ul>
        ) : null}
        <section className="s">
          <h2>{t('statusPage.history.years')}</h2>
          <p className="row">
            {yearsOf(speaker, status).map(one => (
              <a key={one} className="tap" href={`/${language}/history/${one}`}>
                {one}
              </a>
            ))}
          </p>
        </section>
      </>
    ),
  })
}
