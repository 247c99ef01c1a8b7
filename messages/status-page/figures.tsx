import { isWithoutLoss } from '@/messages/status-page/addresses'
import type { Speaker } from '@/messages/status-page/speaker'
import type { IncidentView } from '@/messages/status-page/view'

export function Figures({ speaker, incident }: { speaker: Speaker; incident: IncidentView }) {
  const { t, dates } = speaker
  if (incident.kind === 'maintenance' || isWithoutLoss(incident)) return null
  const { counts } = incident
  if (!counts) {
    return (
      <section className="s">
        <h2>{t('statusPage.counts.heading')}</h2>
        <p>{t('statusPage.counts.none')}</p>
      </section>
    )
  }
  const names = ['data', 'expected', 'complete', 'partial', 'damaged', 'back'] as const
  const columns = names.map(name => t(`statusPage.counts.columns.${name}`))
  const rows = incident.waves.map(({ category }) => ({ category, of: counts.of.categories[category] }))
  const unknown = Math.max(0, ...rows.map(({ of }) => of.expectedUnknown))
  return (
    <section className="card s">
      <h2>{t('statusPage.counts.heading')}</h2>
      <dl className="s">
        <div>
          <dt>
            <strong className="num">{dates.number(counts.of.affected)}</strong> {t('statusPage.counts.affected')}
          </dt>
          <dd className="quiet">{t('statusPage.counts.affectedMeans')}</dd>
        </div>
        <div>
          <dt>
            <strong className="num">{dates.number(counts.of.restoredPeople)}</strong> {t('statusPage.counts.restored')}
          </dt>
          <dd className="quiet">{t('statusPage.counts.restoredMeans')}</dd>
        </div>
      </dl>
      <table className="fold">
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column} scope="col" className={i > 0 ? 'num' : undefined}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ category, of }) => (
            <tr key={category}>
              <th scope="row">{t(`statusPage.category.${category}`)}</th>
              {[
                of.people === 0 || of.expectedUnknown > 0 ? t('statusPage.waves.unknown') : dates.number(of.expected),
                dates.number(of.complete),
                dates.number(of.partial),
                dates.number(of.damaged),
                dates.number(of.restored),
              ].map((value, i) => (
                <td key={columns[i + 1]} data-label={columns[i + 1]} className="num">
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{t('statusPage.counts.means', { unknown })}</p>
      <p className="quiet">
        <time dateTime={counts.countedAt.toISOString()}>
          {t('statusPage.counts.counted', { moment: dates.moment(counts.countedAt) })}
        </time>
      </p>
    </section>
  )
}
