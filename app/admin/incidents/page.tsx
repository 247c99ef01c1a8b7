import { validate as isUuid } from 'uuid'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Acts, LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { KeysetPager } from '@/app/_ui/keyset-pager'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { IncidentTable } from '@/app/admin/incidents/incident-table'
import { manageWords, promisedInWords } from '@/app/admin/incidents/incident-words'
import { type ListedIncident, listIncidents } from '@/domain/incident/list-incidents'
import { mayEver } from '@/domain/policy'

/** What is open, what is planned, what intake has drafted, and what is over; overdue promises before everything. */
export default page('/admin/incidents', async (visit, { query }) => {
  const { t, actor } = visit
  const last = query.one('after')
  const after = isUuid(last) ? last : undefined
  const { current, over, next } = await listIncidents(actor, after === undefined ? {} : { after })
  const groups = [
    { key: 'current', rows: current.filter(one => one.kind === 'incident' && one.status !== 'draft') },
    { key: 'planned', rows: current.filter(one => one.kind === 'maintenance') },
    { key: 'drafts', rows: current.filter(one => one.status === 'draft') },
  ] as const
  return (
    <ConsolePage
      title={t('incidents.list.title')}
      lead={t('incidents.list.lead')}
      words={manageWords(visit)}
      act={
        <Acts>
          {mayEver(actor, 'incident.manage') ? (
            <>
              <LinkButton href="/admin/incidents/new">{t('incidents.list.open')}</LinkButton>
              <LinkButton look="plain" href="/admin/incidents/maintenance">
                {t('incidents.list.schedule')}
              </LinkButton>
            </>
          ) : null}
          <LinkButton look="plain" href="/admin/components">
            {t('incidents.components.title')}
          </LinkButton>
        </Acts>
      }
    >
      {after === undefined ? <Overdue visit={visit} incidents={current} /> : null}
      {after === undefined
        ? groups.map(({ key, rows }) =>
            rows.length === 0 && key !== 'current' ? null : (
              <Card key={key}>
                <Part>
                  <h2>{t(`incidents.list.${key}`)}</h2>
                  {rows.length === 0 ? (
                    <p>{t('incidents.list.nothingOpen')}</p>
                  ) : (
                    <IncidentTable visit={visit} caption={t(`incidents.list.${key}`)} incidents={rows} />
                  )}
                </Part>
              </Card>
            ),
          )
        : null}
      {over.length === 0 && after === undefined ? null : (
        <Card>
          <Part>
            <h2>{t('incidents.list.over')}</h2>
            {over.length === 0 ? (
              <p>{t('incidents.list.nothingHere')}</p>
            ) : (
              <IncidentTable visit={visit} caption={t('incidents.list.over')} incidents={over} />
            )}
          </Part>
        </Card>
      )}
      <KeysetPager
        first={after === undefined ? null : '/admin/incidents'}
        next={next === null ? null : `/admin/incidents?after=${next}`}
        words={{ label: t('incidents.list.pages'), first: t('incidents.list.firstPage'), next: t('shell.pager.next') }}
      />
    </ConsolePage>
  )
})

/** What was promised in public and has not come, of what is not over, the longest due first. */
function Overdue({ visit, incidents }: { visit: Visit; incidents: ListedIncident[] }) {
  const { t, dates, language } = visit
  const overdue = incidents
    .flatMap(incident => incident.overdue.map(promise => ({ incident, promise })))
    .sort((a, b) => a.promise.dueAt.getTime() - b.promise.dueAt.getTime())
  if (overdue.length === 0) return null
  return (
    <Notice standing="bad" title={t('incidents.list.overdue', { count: overdue.length })}>
      <ul className="grid gap-2">
        {overdue.map(({ incident, promise }) => (
          <li key={promise.id}>
            <a className="inline-flex min-h-6 items-center font-semibold" href={`/admin/incidents/${incident.id}`}>
              {incident.title[language]}
            </a>
            : {promisedInWords(visit, promise)} ·{' '}
            {t('statusPage.promises.due', { moment: dates.moment(promise.dueAt) })} ({dates.relative(promise.dueAt)})
          </li>
        ))}
      </ul>
    </Notice>
  )
}
