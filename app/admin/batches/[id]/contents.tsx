import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { categories } from '@/domain/record/category'
import type { FoundBatch } from '@/domain/recovery/find-batch'

/** What the bag says about itself and when we saw it. */
export function BatchFacts({ visit, batch }: { visit: Visit; batch: FoundBatch }) {
  const { t, dates } = visit
  const { incident, carrier, asOf, subscribers, seenFiles, seenOctets, bagitVersion, externalId } = batch
  const fact = (term: string, value: React.ReactNode) => ({ term, value: value ?? t('shell.unknown') })
  const rows = [
    fact(t('admin.batch.facts.incident'), incident ?? t('admin.batch.none')),
    fact(t('admin.batch.facts.carrier'), carrier ?? t('admin.batches.everyCarrier')),
    fact(t('admin.batch.facts.asOf'), asOf && dates.moment(asOf)),
    fact(t('admin.batch.facts.subscribers'), dates.number(subscribers)),
    fact(
      t('admin.batch.facts.files'),
      seenFiles === null
        ? null
        : // Not with a comma, which in French stands in the middle of a number.
          `${dates.number(seenFiles)}${seenOctets === null ? '' : ` (${dates.size(seenOctets)})`}`,
    ),
    fact(t('admin.batch.facts.version'), bagitVersion),
    fact(t('admin.batch.facts.external'), externalId ?? t('admin.batch.none')),
    fact(t('admin.batch.facts.found'), dates.moment(batch.createdAt)),
    ...(batch.decidedAt === null ? [] : [fact(t('admin.batch.facts.decided'), dates.moment(batch.decidedAt))]),
  ]
  return (
    <Card>
      <CompactFacts rows={rows} />
    </Card>
  )
}

/** How much it holds for people we know, by category. */
export function BatchHoldings({ visit: { t, dates }, batch }: { visit: Visit; batch: FoundBatch }) {
  const held = categories.flatMap(category => {
    const totals = batch.holdings[category]
    return totals === undefined ? [] : [{ category, totals }]
  })
  const title = t('admin.batch.holdings')
  return (
    <Card>
      <Part>
        <h2>{title}</h2>
        {held.length === 0 ? (
          <p>{t('admin.batch.noHoldings')}</p>
        ) : (
          <ReflowTable
            caption={title}
            columns={[
              { head: t('admin.batch.columns.category') },
              { head: t('admin.batch.columns.subscribers'), numeric: true },
              { head: t('admin.batch.columns.expected'), numeric: true },
              { head: t('admin.batch.columns.complete'), numeric: true },
              { head: t('admin.batch.columns.partial'), numeric: true },
              { head: t('admin.batch.columns.damaged'), numeric: true },
            ]}
            rows={held.map(({ category, totals }) => ({
              key: category,
              cells: [
                <span key="category" className="font-semibold">
                  {t(`shell.categories.${category}`)}
                </span>,
                dates.number(totals.subscribers),
                totals.expected === null ? t('shell.unknown') : dates.number(totals.expected),
                dates.number(totals.complete),
                dates.number(totals.partial),
                dates.number(totals.damaged),
              ],
            }))}
          />
        )}
      </Part>
    </Card>
  )
}
