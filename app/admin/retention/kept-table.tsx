import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { ReflowTable } from '@/app/_ui/reflow-table'
import type { Retention } from '@/domain/retention/read-retention'

/** What is kept how long, with what the last purge removed of it. */
export function KeptTable({ visit: { t, dates }, retention }: { visit: Visit; retention: Retention }) {
  const last = retention.purges.find(({ endedAt }) => endedAt !== null)
  return (
    <>
      <p>
        {last?.endedAt
          ? t('retention.lastPurge', { moment: dates.moment(last.endedAt), removed: last.removed })
          : t('retention.neverPurged')}
      </p>
      <Quiet>{t('retention.keptForGood')}</Quiet>
      <ReflowTable
        caption={t('retention.kept')}
        columns={(['what', 'keep', 'removed'] as const).map(name => ({ head: t(`retention.keptColumns.${name}`) }))}
        rows={retention.rules.map(({ name, keep, lastRemoved }) => ({
          key: name,
          cells: [
            t(`retention.what.${name}`),
            'days' in keep
              ? t('retention.days', { count: keep.days })
              : t('retention.minutes', { count: keep.minutes }),
            lastRemoved === null ? t('retention.unknown') : String(lastRemoved),
          ],
        }))}
      />
    </>
  )
}
