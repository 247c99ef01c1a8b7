import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import type { OwnIncident } from '@/domain/incident/own-incident'

const columns = ['data', 'expected', 'complete', 'partial', 'damaged', 'back'] as const

/** What was counted of everybody, with what each number means and when it was counted. */
export function Figures({
  visit: { t, dates },
  incident: { counts, categories },
}: {
  visit: Visit
  incident: OwnIncident
}) {
  const heading = t('statusPage.counts.heading')
  if (counts === null)
    return (
      <Part>
        <h2>{heading}</h2>
        <p>{t('statusPage.counts.none')}</p>
      </Part>
    )
  const rows = categories.map(({ category }) => ({ category, of: counts.of.categories[category] }))
  const unknown = Math.max(0, ...rows.map(({ of }) => of.expectedUnknown))
  const people = [
    { number: counts.of.affected, name: t('statusPage.counts.affected'), means: t('statusPage.counts.affectedMeans') },
    {
      number: counts.of.restoredPeople,
      name: t('statusPage.counts.restored'),
      means: t('statusPage.counts.restoredMeans'),
    },
  ]
  return (
    <Card>
      <Part>
        <h2>{heading}</h2>
        <dl className="grid gap-3">
          {people.map(({ number, name, means }) => (
            <div key={name}>
              <dt>
                <strong className="num">{dates.number(number)}</strong> {name}
              </dt>
              <dd className="text-note text-quiet">{means}</dd>
            </div>
          ))}
        </dl>
        <ReflowTable
          caption={heading}
          columns={columns.map((column, index) => ({
            head: t(`statusPage.counts.columns.${column}`),
            numeric: index > 0,
          }))}
          rows={rows.map(({ category, of }) => ({
            key: category,
            cells: [
              t(`shell.categories.${category}`),
              // An unknown is no nought.
              of.people === 0 || of.expectedUnknown > 0 ? t('statusPage.waves.unknown') : dates.number(of.expected),
              ...[of.complete, of.partial, of.damaged, of.restored].map(count => dates.number(count)),
            ],
          }))}
        />
        <Quiet>{t('statusPage.counts.means', { unknown })}</Quiet>
        <Quiet>{t('statusPage.counts.counted', { moment: dates.moment(counts.countedAt) })}</Quiet>
      </Part>
    </Card>
  )
}
