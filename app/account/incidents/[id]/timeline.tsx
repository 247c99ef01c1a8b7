import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { StandingIcon } from '@/app/_ui/icon'
import { Part } from '@/app/_ui/page'
import { Prose } from '@/app/_ui/prose'
import { standingInk } from '@/app/_ui/standing'
import { spoken } from '@/app/account/spoken'
import type { OwnIncident } from '@/domain/incident/own-incident'
import { phaseMarks } from '@/messages/status-page/marks'

interface About {
  visit: Visit
  incident: OwnIncident
}

/** Everything that was said, the newest first, as it was said. */
export function Timeline({ visit, incident }: About) {
  const { t } = visit
  return (
    <Part>
      <h2>{t('statusPage.timeline.heading')}</h2>
      <Quiet>{t('statusPage.timeline.lead')}</Quiet>
      <ol reversed className="ml-2 grid gap-8 border-line border-l-2 pl-6">
        {incident.updates.map(update => (
          <li key={update.number} id={`statement-${update.number}`} className="keep relative grid max-w-none gap-1">
            <span
              className={`absolute top-1 -left-[2.0625rem] bg-paper py-0.5 ${standingInk[phaseMarks[update.status]]}`}
            >
              <StandingIcon standing={phaseMarks[update.status]} />
            </span>
            <Statement visit={visit} incident={incident} update={update} />
          </li>
        ))}
      </ol>
    </Part>
  )
}

function Statement({ visit, incident, update }: About & { update: OwnIncident['updates'][number] }) {
  const { t, dates, language } = visit
  const { number, status, publishedAt, backfilled, createdAt, corrects, reason, html } = update
  const by = incident.updates.find(one => one.corrects === number)
  return (
    <>
      <h3>{t(`statusPage.phase.${status}`)}</h3>
      <Quiet>
        <time dateTime={publishedAt.toISOString()}>{dates.moment(publishedAt)}</time> ·{' '}
        {t('statusPage.timeline.number', { number: String(number) })}
      </Quiet>
      {backfilled ? <Quiet>{t('statusPage.timeline.backfilled', { moment: dates.moment(createdAt) })}</Quiet> : null}
      {corrects === null || reason === null ? null : (
        <a className="inline-flex min-h-11 items-center" href={`#statement-${corrects}`}>
          {t('statusPage.timeline.corrects', { number: String(corrects), reason: spoken(visit, reason) })}
        </a>
      )}
      {by === undefined ? null : (
        <a className="inline-flex min-h-11 items-center" href={`#statement-${by.number}`}>
          {t('statusPage.timeline.corrected', { number: String(by.number) })}
        </a>
      )}
      <Prose html={html} lang={language} />
      <Changes visit={visit} incident={incident} update={update} />
    </>
  )
}

/** How parts of the service fared before a statement and since. */
function Changes({ visit, incident, update }: About & { update: OwnIncident['updates'][number] }) {
  const { t } = visit
  const changes = (update.components ?? []).flatMap(({ id, from, to }) => {
    const component = incident.components.find(one => one.id === id)
    return component === undefined || from === to ? [] : [{ id, name: spoken(visit, component.name), from, to }]
  })
  if (changes.length === 0) return null
  return (
    <ul className="list-disc pl-5 text-note text-quiet">
      {changes.map(({ id, name, from, to }) => (
        <li key={id}>
          {t('statusPage.timeline.change', {
            name,
            from: t(`statusPage.component.${from}`),
            to: t(`statusPage.component.${to}`),
          })}
        </li>
      ))}
    </ul>
  )
}
