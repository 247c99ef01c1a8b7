import { addressOf, isOpen, portalAddress } from '@/messages/status-page/addresses'
import { AdviceBox } from '@/messages/status-page/advice'
import { Components } from '@/messages/status-page/components'
import { document } from '@/messages/status-page/layout'
import { standingMarks, Tag } from '@/messages/status-page/marks'
import { Notices } from '@/messages/status-page/notices'
import type { Speaker } from '@/messages/status-page/speaker'
import { LatestSaid, Standing } from '@/messages/status-page/standing'
import type { IncidentView, StatusView } from '@/messages/status-page/view'
import { Waves } from '@/messages/status-page/waves'

/** Incidents that are told on the first page itself; of others it has the names. */
const whole = 3

export function homePage(speaker: Speaker, status: StatusView): string {
  const { t, language } = speaker
  const title = t(`statusPage.standing.${status.standing.sentence}`)
  const open = status.incidents.filter(one => isOpen(one) && one.kind === 'incident')
  const work = status.incidents.filter(one => isOpen(one) && one.kind === 'maintenance')
  return document({
    speaker,
    path: '',
    title,
    children: (
      <>
        <section className="s">
          <p>
            <Tag mark={standingMarks[status.standing.sentence]}>
              {t(`statusPage.badgeWords.${status.standing.sentence}`)}
            </Tag>
          </p>
          <h1>{title}</h1>
          {status.reason ? <p>{t('statusPage.standingReason', { reason: status.reason[language] })}</p> : null}
          {open.length === 0 ? (
            <>
              <p>{t('statusPage.quietNow')}</p>
              <p className="quiet">{t('statusPage.quietText')}</p>
            </>
          ) : null}
        </section>
        {open.slice(0, whole).map(incident => (
          <Summary key={incident.id} speaker={speaker} incident={incident} />
        ))}
        <Listed speaker={speaker} heading={t('statusPage.alsoOpen')} incidents={open.slice(whole)} />
        <Listed speaker={speaker} heading={t('statusPage.maintenance.heading')} incidents={work} />
        <Notices speaker={speaker} notices={status.notices} />
        <Components speaker={speaker} components={status.components} />
        <section className="card s">
          <h2>{t('statusPage.incident.signIn')}</h2>
          <p>{t('statusPage.incident.signInText')}</p>
          <p>
            <a className="button" href={portalAddress(speaker, '/account')}>
              {t('statusPage.incident.signInGo')}
            </a>
          </p>
        </section>
      </>
    ),
  })
}

function Summary({ speaker, incident }: { speaker: Speaker; incident: IncidentView }) {
  const { t, language } = speaker
  const title = incident.title[language]
  return (
    <>
      <section className="s">
        <Standing speaker={speaker} incident={incident} />
        <h2>{title}</h2>
        <LatestSaid speaker={speaker} incident={incident} brief />
        <p>
          <a className="tap" href={addressOf(speaker, incident)}>
            {t('statusPage.more', { title })}
          </a>
        </p>
      </section>
      <AdviceBox speaker={speaker} incident={incident} />
      <Waves speaker={speaker} incident={incident} />
    </>
  )
}

function Listed({ speaker, heading, incidents }: { speaker: Speaker; heading: string; incidents: IncidentView[] }) {
  const { language } = speaker
  if (incidents.length === 0) return null
  return (
    <section className="s">
      <h2>{heading}</h2>
      <ul className="plain lines card">
        {incidents.map(one => (
          <li key={one.id} className="xs">
            <h3>
              <a className="tap" href={addressOf(speaker, one)}>
                {one.title[language]}
              </a>
            </h3>
            <Standing speaker={speaker} incident={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}
