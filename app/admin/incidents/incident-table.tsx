import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import { phaseOf } from '@/app/admin/incidents/incident-words'
import type { ListedIncident } from '@/domain/incident/list-incidents'
import { mayEver } from '@/domain/policy'

export function IncidentTable({
  visit,
  caption,
  incidents,
}: {
  visit: Visit
  caption: string
  incidents: ListedIncident[]
}) {
  const { t, dates } = visit
  return (
    <ReflowTable
      caption={caption}
      columns={[
        { head: t('incidents.list.columns.title') },
        { head: t('incidents.list.columns.state'), short: true },
        { head: t('incidents.list.columns.lastSaid'), short: true },
        { head: t('incidents.list.columns.next'), short: true },
        { head: t('incidents.list.columns.overdue'), short: true },
      ]}
      rows={incidents.map(incident => {
        const { standing, word } = phaseOf(visit, incident.status)
        return {
          key: incident.id,
          cells: [
            <Title key="title" visit={visit} incident={incident} />,
            <StandingTag key="state" standing={standing}>
              {word}
            </StandingTag>,
            incident.lastSaidAt === null ? (
              t('incidents.none')
            ) : (
              <When key="said" at={incident.lastSaidAt} dates={dates} />
            ),
            incident.nextUpdateBy === null ? (
              t('incidents.none')
            ) : (
              <When key="next" at={incident.nextUpdateBy} dates={dates} />
            ),
            incident.overdue.length === 0 ? (
              t('incidents.none')
            ) : (
              <StandingTag key="overdue" standing="bad">
                {t('incidents.list.overdueCount', { count: incident.overdue.length })}
              </StandingTag>
            ),
          ],
        }
      })}
    />
  )
}

function Title({ visit: { t, dates, language, actor }, incident }: { visit: Visit; incident: ListedIncident }) {
  const { id, kind, status, title, startedAt, scheduledFor, scheduledUntil, batches } = incident
  const isDraft = status === 'draft'
  return (
    <div className="min-w-0">
      <a
        className="inline-flex min-h-6 max-w-full items-center font-semibold [overflow-wrap:anywhere]"
        href={`/admin/incidents/${id}`}
      >
        {title[language]}
      </a>
      <Quiet>
        {kind === 'maintenance' && scheduledFor && scheduledUntil
          ? t('statusPage.maintenance.when', { from: dates.moment(scheduledFor), until: dates.moment(scheduledUntil) })
          : t('statusPage.since', { day: dates.day(startedAt) })}
        {batches > 0 ? ` · ${t('incidents.list.batches', { count: batches })}` : null}
      </Quiet>
      {isDraft && mayEver(actor, 'incident.manage') ? (
        <a className="inline-flex min-h-6 items-center" href={`/admin/incidents/new?draft=${id}`}>
          {t('incidents.list.complete')}
        </a>
      ) : null}
    </div>
  )
}
