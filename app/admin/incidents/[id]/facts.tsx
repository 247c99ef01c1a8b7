import { Card } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import type { PartProps } from '@/app/admin/incidents/[id]/part-props'
import { componentMarks } from '@/messages/status-page/marks'

export function Facts({ visit, incident, manages }: PartProps) {
  const { t, dates, language } = visit
  const { kind, status, impact, scheduledFor, scheduledUntil, resolvedAt, slug } = incident
  const here = `/admin/incidents/${incident.id}`
  const isMaintenance = kind === 'maintenance'
  const publicPath = `/${language}/incidents/${slug}`
  return (
    <Card>
      <Part>
        <h2>{t('incidents.facts.title')}</h2>
        <CompactFacts
          rows={[
            isMaintenance
              ? {
                  term: t('incidents.facts.when'),
                  value:
                    scheduledFor && scheduledUntil
                      ? t('statusPage.maintenance.when', {
                          from: dates.moment(scheduledFor),
                          until: dates.moment(scheduledUntil),
                        })
                      : t('shell.unknown'),
                }
              : { term: t('incidents.open.startedAt'), value: dates.moment(incident.startedAt) },
            ...(resolvedAt ? [{ term: t('incidents.facts.over'), value: dates.moment(resolvedAt) }] : []),
            ...(isMaintenance
              ? [
                  {
                    term: t('incidents.maintenance.end'),
                    value: t(incident.endsByHand ? 'incidents.facts.byHand' : 'incidents.facts.byItself'),
                  },
                ]
              : [{ term: t('incidents.impact.title'), value: t(`statusPage.impact.${impact.is}`) }]),
            ...(impact.override && impact.reason
              ? [{ term: t('incidents.override.reason'), value: impact.reason[language] }]
              : []),
            {
              term: t('incidents.open.carriers'),
              value:
                incident.carriers.length === 0
                  ? t('incidents.none')
                  : dates.list(incident.carriers.map(one => one.name)),
            },
            {
              term: t('incidents.say.components'),
              value:
                incident.components.length === 0 ? (
                  t('incidents.none')
                ) : (
                  <ul className="grid gap-1">
                    {incident.components.map(({ id, name, status: fares }) => (
                      <li key={id}>
                        {name[language]}{' '}
                        <StandingTag standing={componentMarks[fares]}>{t(`statusPage.component.${fares}`)}</StandingTag>
                      </li>
                    ))}
                  </ul>
                ),
            },
            ...(incident.batches.length > 0
              ? [{ term: t('incidents.facts.batches'), value: incident.batches.map(one => one.name).join(', ') }]
              : []),
            ...(status === 'draft'
              ? []
              : [
                  {
                    term: t('incidents.facts.public'),
                    value: (
                      <a className="inline-flex min-h-9 items-center" href={publicPath}>
                        {publicPath}
                      </a>
                    ),
                  },
                ]),
          ]}
        />
        {manages ? (
          <p>
            <a className="inline-flex min-h-9 items-center" href={`${here}/carriers`}>
              {t('incidents.carriers.title')}
            </a>
          </p>
        ) : null}
        {manages && !isMaintenance ? (
          <p>
            <a className="inline-flex min-h-9 items-center" href={`${here}/impact`}>
              {t('incidents.impact.change')}
            </a>
          </p>
        ) : null}
      </Part>
    </Card>
  )
}
