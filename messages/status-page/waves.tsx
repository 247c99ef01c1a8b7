import { isWithoutLoss } from '@/messages/status-page/addresses'
import { Tag, waveMarks } from '@/messages/status-page/marks'
import type { Speaker } from '@/messages/status-page/speaker'
import type { IncidentView } from '@/messages/status-page/view'

/** Where each kind of data stands. */
export function Waves({ speaker, incident }: { speaker: Speaker; incident: IncidentView }) {
  const { t, dates, language } = speaker
  if (incident.waves.length === 0 || isWithoutLoss(incident)) return null
  const columns = (['data', 'status', 'found', 'back'] as const).map(name => t(`statusPage.waves.columns.${name}`))
  return (
    <section className="card s">
      <h2>{t('statusPage.waves.heading')}</h2>
      <p className="quiet">{t('statusPage.waves.lead')}</p>
      <table className="fold">
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column} scope="col" className={i > 1 ? 'num' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {incident.waves.map(({ category, status, scheduledFor, note }) => {
            const counts = incident.counts?.of.categories[category]
            return (
              <tr key={category}>
                <th scope="row">{t(`statusPage.category.${category}`)}</th>
                <td data-label={columns[1]}>
                  <div className="xs">
                    <Tag mark={waveMarks[status]}>{t(`statusPage.waves.status.${status}`)}</Tag>
                    {scheduledFor ? (
                      <p className="quiet">
                        {t('statusPage.waves.plannedFor', { moment: dates.moment(scheduledFor) })}
                      </p>
                    ) : null}
                    {note ? <p className="quiet">{note[language]}</p> : null}
                  </div>
                </td>
                <td data-label={columns[2]} className="num">
                  {foundOf(speaker, counts)}
                </td>
                <td data-label={columns[3]} className="num">
                  {dates.number(counts?.restored ?? 0)}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

type Counts = NonNullable<IncidentView['counts']>['of']['categories']['contacts']

/** "91 of 100"; where anybody's number before is unknown there is no "of": an unknown is no figure. */
function foundOf({ t, dates }: Speaker, counts: Counts | undefined): string {
  if (!counts || counts.people === 0) return t('statusPage.waves.unknown')
  const found = dates.number(counts.complete + counts.partial)
  if (counts.expectedUnknown > 0) return t('statusPage.waves.shareUnknown', { found })
  return t('statusPage.waves.share', { found, expected: dates.number(counts.expected) })
}
