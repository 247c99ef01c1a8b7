import { addressOf } from '@/messages/status-page/addresses'
import { AdviceBox, EarlierAdvice } from '@/messages/status-page/advice'
import { Figures } from '@/messages/status-page/figures'
import { document } from '@/messages/status-page/layout'
import { Notices } from '@/messages/status-page/notices'
import { Promises } from '@/messages/status-page/promises'
import type { Speaker } from '@/messages/status-page/speaker'
import { LatestSaid, Prose, Standing } from '@/messages/status-page/standing'
import { Timeline } from '@/messages/status-page/timeline'
import type { IncidentView, StatusView } from '@/messages/status-page/view'
import { Waves } from '@/messages/status-page/waves'

export function incidentPage(speaker: Speaker, status: StatusView, incident: IncidentView): string {
  const { t, dates, language, publicUrl } = speaker
  const path = `/incidents/${incident.slug}`
  const title = incident.title[language]
  const carriers = incident.carriers.map(one => one.name)
  const address = `${publicUrl}/${language}${path}`
  return document({
    speaker,
    path,
    title,
    children: (
      <>
        <section className="s">
          <Standing speaker={speaker} incident={incident} />
          <h1>{title}</h1>
          {incident.impactReason ? (
            <p>{t('statusPage.impactReason', { reason: incident.impactReason[language] })}</p>
          ) : null}
          <LatestSaid speaker={speaker} incident={incident} />
          {incident.postmortems.length > 0 ? (
            <p>
              <a className="tap" href={`/${language}${path}/postmortem`}>
                {t('statusPage.incident.toPostmortem')}
              </a>
            </p>
          ) : null}
        </section>
        <AdviceBox speaker={speaker} incident={incident} />
        <Waves speaker={speaker} incident={incident} />
        <Figures speaker={speaker} incident={incident} />
        <Promises speaker={speaker} incident={incident} />
        <Notices speaker={speaker} notices={status.notices.filter(one => one.incidentId === incident.id)} />
        <Timeline speaker={speaker} incident={incident} components={status.components} />
        <EarlierAdvice speaker={speaker} incident={incident} />
        <section className="quiet s">
          {carriers.length > 0 ? <p>{t('statusPage.incident.carriers', { carriers: dates.list(carriers) })}</p> : null}
          <p>
            {t('statusPage.incident.permalink')} <a href={address}>{address}</a>
          </p>
          <p>
            <a className="tap" href={`/cap/${incident.id}.xml`}>
              {t('statusPage.incident.cap')}
            </a>
          </p>
        </section>
      </>
    ),
  })
}

export function postmortemPage(speaker: Speaker, incident: IncidentView): string {
  const { t, dates, language } = speaker
  const [latest, ...earlier] = incident.postmortems
  const title = t('statusPage.postmortem.title', { title: incident.title[language] })
  const version = (one: { version: number; publishedAt: Date }) =>
    t('statusPage.postmortem.version', { version: String(one.version), moment: dates.moment(one.publishedAt) })
  return document({
    speaker,
    path: `/incidents/${incident.slug}/postmortem`,
    title,
    children: (
      <>
        <section className="s">
          <p>
            <a className="tap" href={addressOf(speaker, incident)}>
              {incident.title[language]}
            </a>
          </p>
          <h1>{title}</h1>
          {latest ? <p className="quiet">{version(latest)}</p> : null}
          {latest ? <Prose speaker={speaker} text={latest.body[language]} /> : null}
        </section>
        {earlier.length > 0 ? (
          <section className="s">
            <h2>{t('statusPage.postmortem.earlier')}</h2>
            {earlier.map(one => (
              <details key={one.version}>
                <summary>{version(one)}</summary>
                <Prose speaker={speaker} text={one.body[language]} />
              </details>
            ))}
          </section>
        ) : null}
      </>
    ),
  })
}
