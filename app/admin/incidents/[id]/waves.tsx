import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import type { PartProps } from '@/app/admin/incidents/[id]/part-props'
import { endedWords, whoIs } from '@/app/support/decisions/decision-words'
import type { Release } from '@/domain/decision/list-releases'
import { waveMarks } from '@/messages/status-page/marks'

/** Where each kind of data stands, and the way to say otherwise. */
export function Waves({ visit, incident, manages, releases }: PartProps & { releases: Release[] }) {
  const { t, dates, language } = visit
  const releaseOf = (category: string) => releases.find(one => one.wave.category === category)
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
                <Asked visit={visit} release={releaseOf(category)} />
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

/** The last question whether this kind of data is given out: open, or how it ended. */
function Asked({ visit, release }: { visit: PartProps['visit']; release: Release | undefined }) {
  const { t, dates } = visit
  if (release === undefined) return null
  const { wave, status, asked, expiresAt, actions, note } = release
  const who = whoIs(visit, asked)
  const what = t(`statusPage.waves.status.${wave.status}`)
  if (status !== 'open')
    return (
      <Quiet>
        {t('decisions.release.over', { who, what, ended: endedWords(visit, release) })}
        {note === null ? null : ` ${note}`}
      </Quiet>
    )
  return (
    <div className="grid gap-1">
      <div>
        <StandingTag standing="you">{t('decisions.release.waits')}</StandingTag>
      </div>
      <Quiet>{t('decisions.release.open', { who, what, moment: dates.moment(expiresAt) })}</Quiet>
      <a
        className="inline-flex min-h-9 items-center max-sm:min-h-11"
        href={`/admin/incidents/${wave.incidentId}/wave?category=${wave.category}`}
      >
        {t(actions.includes('refuse') ? 'decisions.release.decide' : 'decisions.release.see')}
        <span className="sr-only">: {t(`statusPage.category.${wave.category}`)}</span>
      </a>
    </div>
  )
}
