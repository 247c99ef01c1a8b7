import { notFound } from 'next/navigation'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import { ConsolePage } from '@/app/_ui/console-page'
import { StandingTag } from '@/app/_ui/standing'
import { RecordBody } from '@/app/account/records/record-body'
import { recordTitle, stateStanding } from '@/app/account/records/record-list'
import { recordsPerPage } from '@/domain/record/list-records'
import { readViewedRecord } from '@/domain/record/read-viewed'

/** One record of an open look. Nothing of it can be downloaded. */
export default page('/support/looks/[id]/[ordinal]', async (visit, { params }) => {
  const { t, dates, actor } = visit
  if (!/^\d{1,9}$/.test(params.ordinal ?? '')) notFound()
  const place = { viewId: params.id ?? '', ordinal: Number(params.ordinal) }
  const { view, record } = await readViewedRecord(actor, outside().storage, place)
  const title = recordTitle(visit, record)
  const here = `/support/looks/${view.id}`
  return (
    <ConsolePage
      title={title}
      tag={<StandingTag standing={stateStanding[record.state]}>{t(`account.records.${record.state}`)}</StandingTag>}
      lead={t('looks.view.until', { moment: dates.moment(view.expiresAt) })}
      back={{ href: `${here}?page=${Math.floor(place.ordinal / recordsPerPage) + 1}`, label: t('looks.view.back') }}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <RecordBody visit={visit} record={record} title={title} preview={`${here}/${place.ordinal}/preview`} />
    </ConsolePage>
  )
})
