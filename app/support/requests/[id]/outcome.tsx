import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import type { RequestView } from '@/domain/restore/find-requests'
import { outcomes } from '@/domain/restore/outcome'

/** How far the run has come and what became of the records: counts, for staff see no more. */
export function OutcomeCounts({ visit: { t, dates }, request }: { visit: Visit; request: RequestView }) {
  const title = t('support.case.outcome.title')
  return (
    <Card>
      <Part>
        <h2>{title}</h2>
        <ReflowTable
          caption={title}
          columns={[
            { head: t('support.case.outcome.columns.category') },
            { head: t('support.case.outcome.columns.planned'), numeric: true },
            { head: t('support.case.outcome.columns.settled'), numeric: true },
            ...outcomes.map(outcome => ({ head: t(`support.case.outcome.outcomes.${outcome}`), numeric: true })),
            { head: t('support.case.outcome.columns.verified'), numeric: true },
          ]}
          rows={request.categories.map(({ category, planned, settled, counts, verified, trouble }) => ({
            key: category,
            cells: [
              <div key="category">
                <span className="font-semibold">{t(`shell.categories.${category}`)}</span>
                {trouble === null ? null : (
                  <Quiet>{t('support.case.outcome.trouble', { reason: t(`support.waits.${trouble}`) })}</Quiet>
                )}
              </div>,
              planned === null ? t('support.case.outcome.unplanned') : dates.number(planned),
              dates.number(settled),
              ...outcomes.map(outcome => dates.number(counts[outcome] ?? 0)),
              dates.number(verified),
            ],
          }))}
        />
      </Part>
    </Card>
  )
}
