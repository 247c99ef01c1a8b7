import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import type { PartProps } from '@/app/admin/incidents/[id]/part-props'
import { waveMarks } from '@/messages/status-page/marks'

/** Where each kind of data stands, and the way to say otherwise. */
export function Waves({ visit, incident, manages }: PartProps) {
  const { t, dates, language } = visit
  return (
    <Card>
      <Part>
        <h2>{t('statusPage.waves.heading')}</h2>
        <ReflowTable
          caption={t('statusPage.waves.heading')}
          columns={[
            { head: t('statusPage.waves.columns.data') },
            { head: t('statusPage.waves.columns.status') },
            { head: t('incidents.wave.since'), short: true },
            { head: t('incidents.wave.act'), short: true, selfExplaining: true },
          ]}
          rows={incident.waves.map(({ category, status, scheduledFor, note, updatedAt, version }) => ({
            key: category,
            cells: [
              <span key="data" className="font-semibold">
                {t(`statusPage.category.${category}`)}
              </span>,
              <div key="status" className="grid gap-1">
                <div>
                  <StandingTag standing={waveMarks[status]}>{t(`statusPage.waves.status.${status}`)}</StandingTag>
                </div>
                {scheduledFor ? (
                  <Quiet>{t('statusPage.waves.plannedFor', { moment: dates.moment(scheduledFor) })}</Quiet>
                ) : null}
                {note ? <Quiet>{note[language]}</Quiet> : null}
              </div>,
              updatedAt === null ? t('incidents.none') : <When key="since" at={updatedAt} dates={dates} />,
              manages && version !== null ? (
                <a
                  key="act"
                  className="inline-flex min-h-6 items-center"
                  href={`/admin/incidents/${incident.id}/wave?category=${category}`}
                >
                  {t('incidents.wave.change')}
                  <span className="sr-only">: {t(`statusPage.category.${category}`)}</span>
                </a>
              ) : null,
            ],
          }))}
        />
      </Part>
    </Card>
  )
}
