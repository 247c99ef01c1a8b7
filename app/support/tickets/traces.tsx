import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import type { TracedCategory, TracedItems, TracedRecord } from '@/domain/restore/trace-items'
import type { TicketView } from '@/domain/triage/find-ticket'

/** Beside each thing that is said to be missing, what the evidence of the restore says of it. */
export function Traces({ visit, ticket, traced }: { visit: Visit; ticket: TicketView; traced: TracedItems }) {
  const { t } = visit
  const { records, categories } = traced
  const nameOf = ({ category: of, file, ordinal }: TracedRecord): string => {
    const category = t(`shell.categories.${of}`)
    const item = ticket.items.find(one => one.category === of && one.file === file && one.ordinal === ordinal)
    const title = item?.title ?? null
    return title === null
      ? t('after.traces.place', { category, number: String(ordinal + 1) })
      : t('conversation.ask.record', { title, category })
  }
  if (records.length === 0 && categories.length === 0) return null
  return (
    <Card>
      <Part>
        <h2>{t('after.traces.title')}</h2>
        <Quiet>{t('after.traces.lead')}</Quiet>
        <ReflowTable
          caption={t('after.traces.title')}
          columns={[{ head: t('after.traces.columns.said') }, { head: t('after.traces.columns.evidence') }]}
          rows={[
            ...categories.map(one => ({
              key: one.category,
              cells: [
                t('conversation.case.wholeCategory', { category: t(`shell.categories.${one.category}`) }),
                categoryInWords(visit, one),
              ],
            })),
            ...records.map(one => ({
              key: `${one.category} ${one.ordinal} ${one.file}`,
              cells: [
                <span key="name" className="[overflow-wrap:anywhere]">
                  {nameOf(one)}
                </span>,
                recordInWords(visit, one),
              ],
            })),
          ]}
        />
      </Part>
    </Card>
  )
}

function recordInWords({ t }: Visit, { trace, reason, undone }: TracedRecord): string {
  const said = t(`after.traces.${trace}`, { reason: reason === null ? '' : t(`reasons.outcome.${reason}`) })
  if (undone === 'removed' || undone === 'putBack') return `${said}. ${t('after.traces.undone')}`
  return undone === 'spared' || undone === 'failed' ? `${said}. ${t('after.traces.spared')}` : said
}

function categoryInWords({ t, dates }: Visit, one: TracedCategory): string {
  const number = (count: number) => dates.number(count)
  const counts = {
    ...{ pushed: number(one.pushed), verified: number(one.verified), there: number(one.there) },
    ...{ refused: number(one.refused), skipped: number(one.skipped) },
  }
  const lost =
    one.neverRecovered === null
      ? t('after.traces.lostUnknown')
      : t('after.traces.lost', { count: number(one.neverRecovered) })
  return `${t('after.traces.whole', counts)} ${lost}`
}
