import { addressOf } from '@/messages/status-page/addresses'
import { document } from '@/messages/status-page/layout'
import type { Speaker } from '@/messages/status-page/speaker'
import { Prose } from '@/messages/status-page/standing'
import type { IncidentView } from '@/messages/status-page/view'

type Version = IncidentView['postmortems'][number]

/** The latest version under `/postmortem`, and each one before it, which stays to be read, under its number. */
export function postmortemPages(speaker: Speaker, incident: IncidentView): { path: string; body: string }[] {
  const path = `/incidents/${incident.slug}/postmortem`
  return incident.postmortems.map((one, index) => {
    const own = index === 0 ? path : `${path}/${one.version}`
    return { path: own, body: postmortemPage(speaker, incident, one, own) }
  })
}

function postmortemPage(speaker: Speaker, incident: IncidentView, shown: Version, path: string): string {
  const { t, dates, language } = speaker
  const title = t('statusPage.postmortem.title', { title: incident.title[language] })
  const version = (one: Version) =>
    t('statusPage.postmortem.version', { version: String(one.version), moment: dates.moment(one.publishedAt) })
  const latest = incident.postmortems[0] === shown
  const address = `${addressOf(speaker, incident)}/postmortem`
  return document({
    speaker,
    path,
    title: latest ? title : `${title} (${shown.version})`,
    children: (
      <>
        <section className="s">
          <p>
            <a className="tap" href={addressOf(speaker, incident)}>
              {incident.title[language]}
            </a>
          </p>
          <h1>{title}</h1>
          <p className="quiet">{version(shown)}</p>
          {latest ? null : (
            <p>
              <a className="tap" href={address}>
                {t('statusPage.postmortem.latest')}
              </a>
            </p>
          )}
          <Prose speaker={speaker} text={shown.body[language]} />
        </section>
        {latest && incident.postmortems.length > 1 ? (
          <section className="s">
            <h2>{t('statusPage.postmortem.earlier')}</h2>
            <ul>
              {incident.postmortems.slice(1).map(one => (
                <li key={one.version}>
                  <a className="tap" href={`${address}/${one.version}`}>
                    {version(one)}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ) : null}
      </>
    ),
  })
}
