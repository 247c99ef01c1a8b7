import { LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import type { PartProps } from '@/app/admin/incidents/[id]/part-props'
import { promisedInWords } from '@/app/admin/incidents/incident-words'
import type { FoundIncident } from '@/domain/incident/find-incident'
import { promiseMarks } from '@/messages/status-page/marks'

const isOverdue = ({ status, keptLateAt, dueAt }: FoundIncident['promises'][number]): boolean =>
  status !== 'kept' && keptLateAt === null && dueAt <= new Date()

/** Before everything else: what was promised in public and has not come. */
export function OverdueHere({ visit, incident, manages }: PartProps) {
  const { t, dates } = visit
  const overdue = incident.promises.filter(isOverdue)
  if (overdue.length === 0) return null
  return (
    <Notice standing="bad" title={t('incidents.list.overdue', { count: overdue.length })}>
      <ul className="grid gap-1">
        {overdue.map(promise => (
          <li key={promise.id}>
            {promisedInWords(visit, promise)} · {t('statusPage.promises.due', { moment: dates.moment(promise.dueAt) })}{' '}
            ({dates.relative(promise.dueAt)})
          </li>
        ))}
      </ul>
      {manages ? (
        <div>
          <LinkButton href={`/admin/incidents/${incident.id}/say`}>{t('incidents.say.title')}</LinkButton>
        </div>
      ) : null}
    </Notice>
  )
}

/** Every promise, whether it was kept, and who was told that it was not. */
export function Promises({ visit, incident }: PartProps) {
  const { t, dates } = visit
  return (
    <Card>
      <Part>
        <h2>{t('statusPage.promises.heading')}</h2>
        {incident.promises.length === 0 ? <p>{t('incidents.page.noPromises')}</p> : null}
        <ul className="grid gap-4">
          {[...incident.promises].reverse().map(promise => (
            <li key={promise.id} className="grid gap-1">
              <p className="font-semibold [overflow-wrap:anywhere]">{promisedInWords(visit, promise)}</p>
              <div>
                {isOverdue(promise) ? (
                  <StandingTag standing="bad">{t('incidents.page.overdue')}</StandingTag>
                ) : (
                  <StandingTag standing={promiseMarks[promise.status]}>
                    {t(`statusPage.promises.${promise.status}`)}
                  </StandingTag>
                )}
              </div>
              <Quiet>
                {t('statusPage.promises.due', { moment: dates.moment(promise.dueAt) })}
                {promise.keptLateAt
                  ? ` · ${t('statusPage.promises.late', { moment: dates.moment(promise.keptLateAt) })}`
                  : null}
              </Quiet>
              {promise.alarms.map(({ level, name, createdAt, sentAt }) => (
                <Quiet key={`${level} ${name}`}>
                  {sentAt === null
                    ? t('incidents.page.alarmPending', { name, moment: dates.moment(createdAt) })
                    : t('incidents.page.alarm', { name, moment: dates.moment(sentAt) })}
                </Quiet>
              ))}
            </li>
          ))}
        </ul>
      </Part>
    </Card>
  )
}
