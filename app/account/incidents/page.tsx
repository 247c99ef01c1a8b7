import { page } from '@/app/_shell/page'
import { Card, Quiet } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { spoken } from '@/app/account/spoken'
import { latestUpdates } from '@/domain/incident/latest-updates'
import { phaseMarks } from '@/messages/status-page/marks'

/** Every incident that concerns the subscriber's carrier, what is over too. */
export default page('/account/incidents', async visit => {
  const { t, dates, actor } = visit
  const incidents = await latestUpdates(actor.role === 'subscriber' ? actor.carrierId : null)
  const title = t('ownIncident.listTitle')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} back={{ href: '/account', label: t('shell.nav.home') }}>
      <Part>
        <h1>{title}</h1>
        <p>{t(incidents.length === 0 ? 'ownIncident.listNone' : 'ownIncident.listLead')}</p>
      </Part>
      {incidents.map(({ incident, status, publishedAt }) => (
        <Card key={incident.id}>
          <div className="grid gap-1">
            <h2 className="font-sans text-body tracking-normal">
              <a className="inline-flex min-h-11 items-center" href={`/account/incidents/${incident.id}`}>
                {spoken(visit, incident.title)}
              </a>
            </h2>
            <p>
              <StandingTag standing={phaseMarks[status]}>{t(`statusPage.phase.${status}`)}</StandingTag>
            </p>
            <Quiet>
              {t('statusPage.since', { day: dates.day(incident.startedAt) })} ·{' '}
              {t('statusPage.lastSaid', { moment: dates.moment(publishedAt) })}
            </Quiet>
          </div>
        </Card>
      ))}
    </Page>
  )
})
