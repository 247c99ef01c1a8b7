import { page } from '@/app/_shell/page'
import { settings } from '@/app/_shell/settings'
import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { CarrierNotices } from '@/app/account/carrier-notices'
import { EarlierAdvice, OwnAdviceBox } from '@/app/account/incidents/[id]/advice'
import { Figures } from '@/app/account/incidents/[id]/figures'
import { OwnCategories } from '@/app/account/incidents/[id]/own-categories'
import { Promises } from '@/app/account/incidents/[id]/promises'
import { Timeline } from '@/app/account/incidents/[id]/timeline'
import { ForYou } from '@/app/account/incidents/[id]/you'
import { LatestSaid } from '@/app/account/said'
import { spoken } from '@/app/account/spoken'
import { noteAdviceShown } from '@/domain/incident/find-advice'
import type { OwnIncident } from '@/domain/incident/own-incident'
import { readOwnIncident } from '@/domain/incident/read-own-incident'
import { listSubscriberNotices } from '@/domain/notice/list-subscriber-notices'
import { phaseMarks } from '@/messages/status-page/marks'

/** What the public page says of an incident, and before it what it means for whoever has signed in. */
export default page('/account/incidents/[id]', async (visit, { params }) => {
  const { t, actor, language } = visit
  const id = params.id ?? ''
  const [incident, notices] = await Promise.all([
    readOwnIncident(actor, id, language),
    listSubscriberNotices(actor, { portalUrl: settings().publicUrl, incidentId: id }),
  ])
  // Also of one that is over, of which nothing is pinned any more.
  if (incident.advice !== null) await noteAdviceShown(actor, { adviceId: incident.advice.id, place: 'page' })
  const title = spoken(visit, incident.title)
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} back={{ href: '/account', label: t('shell.nav.home') }}>
      <Part>
        <Standing visit={visit} incident={incident} />
        <h1>{title}</h1>
      </Part>
      {incident.kind === 'maintenance' ? null : <ForYou visit={visit} incident={incident} />}
      <OwnAdviceBox visit={visit} advice={incident.advice} />
      {incident.categories.length === 0 ? null : <OwnCategories visit={visit} incident={incident} />}
      <Said visit={visit} incident={incident} />
      {incident.kind === 'maintenance' && notices.length === 0 ? null : (
        <Part>
          <h2>{t('ownIncident.notices.heading')}</h2>
          {notices.length === 0 ? <p>{t('ownIncident.notices.none')}</p> : null}
          <CarrierNotices visit={visit} notices={notices} />
        </Part>
      )}
      <Promises visit={visit} promises={incident.promises} />
      <Timeline visit={visit} incident={incident} />
      <EarlierAdvice visit={visit} advice={incident.earlierAdvice} />
      {incident.kind === 'maintenance' ? null : <Figures visit={visit} incident={incident} />}
      <Elsewhere visit={visit} incident={incident} />
    </Page>
  )
})

interface About {
  visit: Visit
  incident: OwnIncident
}

function Standing({ visit: { t, dates }, incident }: About) {
  const { status, kind, startedAt, scheduledFor, scheduledUntil, impact } = incident
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <StandingTag standing={phaseMarks[status]}>{t(`statusPage.phase.${status}`)}</StandingTag>
      <Quiet>
        {kind === 'maintenance' && scheduledFor && scheduledUntil
          ? t('statusPage.maintenance.when', { from: dates.moment(scheduledFor), until: dates.moment(scheduledUntil) })
          : `${t('statusPage.since', { day: dates.day(startedAt) })} · ${t(`statusPage.impact.${impact}`)}`}
      </Quiet>
    </div>
  )
}

/** The newest statement, and by when the next is promised. */
function Said({ visit, incident: { kind, updates, promises } }: About) {
  const [newest] = updates
  if (newest === undefined || kind === 'maintenance') return null
  const next = promises.findLast(one => one.kind === 'next_update' && one.status !== 'kept' && one.keptLateAt === null)
  const nextUpdateBy = next?.dueAt ?? null
  const overdue = nextUpdateBy !== null && nextUpdateBy < new Date()
  const html = { en: newest.html, fr: newest.html }
  return (
    <Part>
      <h2>{visit.t('account.said.heading')}</h2>
      <LatestSaid visit={visit} update={{ html, publishedAt: newest.publishedAt, nextUpdateBy, overdue }} />
    </Part>
  )
}

function Elsewhere({ visit: { t, dates, language }, incident }: About) {
  const address = `/${language}/incidents/${incident.slug}`
  const links = [
    ...(incident.lookedBack ? [{ href: `${address}/postmortem`, text: t('ownIncident.statements.postmortem') }] : []),
    { href: address, text: t('ownIncident.statements.public') },
  ]
  return (
    <Part>
      <Quiet>
        {t('statusPage.incident.carriers', { carriers: dates.list(incident.carriers.map(one => one.name)) })}
      </Quiet>
      <ul>
        {links.map(({ href, text }) => (
          <li key={href}>
            <a className="inline-flex min-h-11 items-center" href={href}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </Part>
  )
}
