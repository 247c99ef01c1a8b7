import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Pager } from '@/app/_ui/pager'
import { PhotoGrid } from '@/app/account/records/photo-grid'
import { RecordList } from '@/app/account/records/record-list'
import { lookTitle } from '@/app/support/looks/look-words'
import { listViewedRecords } from '@/domain/record/read-viewed'

/** What the records of one holding say, for whoever gave a reason, as long as it lasts. */
export default page('/support/looks/[id]', async (visit, { params, query }) => {
  const { t, dates, actor } = visit
  const viewId = params.id ?? ''
  const wanted = { viewId, page: query.page(), search: '', state: null }
  const { view, records, matching, pages } = await listViewedRecords(actor, outside().storage, wanted)
  const title = lookTitle(visit, view)
  const hrefOf = ({ ordinal }: { ordinal: number }) => `/support/looks/${viewId}/${ordinal}`
  return (
    <ConsolePage
      title={title}
      lead={t('looks.view.until', { moment: dates.moment(view.expiresAt) })}
      back={
        view.requestId === null
          ? { href: '/support', label: t('support.case.back') }
          : { href: `/support/requests/${view.requestId}/records`, label: t('looks.ask.title') }
      }
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <p className="num">{t('account.records.count', { count: matching })}</p>
      {records.length === 0 ? null : view.holding.category === 'photos' ? (
        <PhotoGrid visit={visit} records={records} hrefOf={hrefOf} />
      ) : (
        <Card>
          <RecordList visit={visit} records={records} caption={title} hrefOf={hrefOf} />
        </Card>
      )}
      <Pager
        page={wanted.page}
        pages={pages}
        href={number => `/support/looks/${viewId}?page=${number}`}
        words={{
          label: t('shell.pager.label'),
          previous: t('shell.pager.previous'),
          next: t('shell.pager.next'),
          position: t('shell.pager.position', { page: wanted.page, pages }),
        }}
      />
    </ConsolePage>
  )
})
