import { addressOf } from '@/messages/status-page/addresses'
import { AdviceBox, EarlierAdvice } from '@/messages/status-page/advice'
import { Figures } from '@/messages/status-page/figures'
import { partsOf } from '@/messages/status-page/incident-parts'
import { document } from '@/messages/status-page/layout'
import { Notices } from '@/messages/status-page/notices'
import { Promises } from '@/messages/status-page/promises'
import type { Speaker } from '@/messages/status-page/speaker'
import { LatestSaid, Standing } from '@/messages/status-page/standing'
import { Timeline } from '@/messages/status-page/timeline'
import type { IncidentView, StatusView } from '@/messages/status-page/view'
import { Waves } from '@/messages/status-page/waves'

export function incidentPage(speaker: Speaker, status: StatusView, incident: IncidentView): string {
  const { t, dates, language, publicUrl } = speaker
  const path = `/incidents/${incident.slug}`
  const title = incident.title[language]
  const [first, ...earlier] = partsOf(speaker, incident)
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
        <Promises speaker={speaker} promises={first.promises} />
        <Notices speaker={speaker} notices={status.notices.filter(one => one.incidentId === incident.id)} />
        <Timeline
          speaker={speaker}
          incident={incident}
          components={status.components}
          updates={first.updates}
          addressOf={statementAddress(speaker, incident, 0)}
        />
        {earlier.length > 0 ? (
          <p>
            <a className="tap" href={partAddress(speaker, incident, 1)}>
              {t('statusPage.timeline.earlier')}
            </a>
          </p>
        ) : null}
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

const partAddress = (speaker: Speaker, incident: IncidentView, index: number): string =>
  `${addressOf(speaker, incident)}${index === 0 ? '' : `/earlier/${index}`}`

/** Where a statement is, seen from one of the incident's pages. */
function statementAddress(speaker: Speaker, incident: IncidentView, here: number): (number: number) => string {
  const parts = partsOf(speaker, incident)
  return number => {
    const index = parts.findIndex(({ updates }) => updates.some(one => one.number === number))
    return `${index === here || index < 0 ? '' : partAddress(speaker, incident, index)}#statement-${number}`
  }
}

/** What the incident's own page has no room for; none mostly. Their number is that in the address. */
export function earlierPages(speaker: Speaker, status: StatusView, incident: IncidentView): string[] {
  const { t, language } = speaker
  const parts = partsOf(speaker, incident)
  const title = t('statusPage.timeline.earlierOf', { title: incident.title[language] })
  return parts.slice(1).map(({ updates, promises }, before) => {
    const index = before + 1
    return document({
      speaker,
      path: `/incidents/${incident.slug}/earlier/${index}`,
      title: `${title} (${index})`,
      children: (
        <>
          <section className="s">
            <p>
              <a className="tap" href={partAddress(speaker, incident, 0)}>
                {incident.title[language]}
              </a>
            </p>
            <h1>{title}</h1>
            <p className="quiet">
              {t('statusPage.timeline.page', { number: String(index), count: String(parts.length - 1) })}
            </p>
          </section>
          <Timeline
            speaker={speaker}
            incident={incident}
            components={status.components}
            updates={updates}
            addressOf={statementAddress(speaker, incident, index)}
          />
          <Promises speaker={speaker} promises={promises} />
          {index + 1 < parts.length ? (
            <p>
              <a className="tap" href={partAddress(speaker, incident, index + 1)}>
                {t('statusPage.timeline.earlier')}
              </a>
            </p>
          ) : null}
        </>
      ),
    })
  })
}
