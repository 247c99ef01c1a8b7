import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import { batchStandings } from '@/app/admin/batch-standing'
import type { ListedBatch } from '@/domain/recovery/list-batches'

export function BatchTable({ visit, batches }: { visit: Visit; batches: ListedBatch[] }) {
  const { t, dates } = visit
  return (
    <ReflowTable
      caption={t('admin.batches.caption')}
      columns={[
        { head: t('admin.batches.columns.batch') },
        { head: t('admin.batches.columns.state'), short: true },
        { head: t('admin.batches.columns.asOf'), short: true },
        { head: t('admin.batches.columns.files'), numeric: true },
        { head: t('admin.batches.columns.exceptions'), numeric: true },
        { head: t('admin.batches.columns.found'), short: true },
      ]}
      rows={batches.map(batch => {
        const { id, name, status, incident, carrier, asOf, exceptions, createdAt } = batch
        return {
          key: id,
          cells: [
            <div key="batch" className="min-w-0">
              <a
                href={`/admin/batches/${id}`}
                className="inline-flex min-h-6 max-w-full items-center font-semibold [overflow-wrap:anywhere]"
              >
                {name}
              </a>
              <Quiet>
                {incident ?? t('admin.batches.noIncident')} · {carrier ?? t('admin.batches.everyCarrier')}
              </Quiet>
            </div>,
            <StandingTag key="state" standing={batchStandings[status]}>
              {t(`admin.states.${status}`)}
            </StandingTag>,
            asOf === null ? t('shell.unknown') : dates.day(asOf),
            <Files key="files" visit={visit} batch={batch} />,
            dates.number(exceptions),
            <When key="found" at={createdAt} dates={dates} />,
          ],
        }
      })}
    />
  )
}

function Files({ visit: { t, dates }, batch }: { visit: Visit; batch: ListedBatch }) {
  const { status, seenFiles, seenOctets, checkedFiles } = batch
  if (seenFiles === null) return t('shell.unknown')
  return (
    <>
      {status === 'arriving'
        ? t('admin.batches.checked', { checked: checkedFiles, seen: seenFiles })
        : dates.number(seenFiles)}
      {seenOctets === null ? null : <Quiet>{dates.size(seenOctets)}</Quiet>}
    </>
  )
}
