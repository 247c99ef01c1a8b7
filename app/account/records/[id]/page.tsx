import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import { LinkButton } from '@/app/_ui/button'
import { Card, Said } from '@/app/_ui/card'
import { Page, Part } from '@/app/_ui/page'
import { Pager } from '@/app/_ui/pager'
import { CategoryTabs } from '@/app/account/records/category-tabs'
import { PhotoGrid } from '@/app/account/records/photo-grid'
import { RecordList } from '@/app/account/records/record-list'
import { RecordSearch } from '@/app/account/records/record-search'
import { listRecords } from '@/domain/record/list-records'
import { readOverview } from '@/domain/record/read-overview'
import { recordStates } from '@/domain/record/record-view'

/** The records of one holding: searched, filtered, fifty a page. */
export default page('/account/records/[id]', async (visit, { params, query }) => {
  const { t, dates, actor } = visit
  const search = (query.one('q') ?? '').trim().slice(0, 200)
  const state = recordStates.find(one => one === query.one('show')) ?? null
  const pageNumber = query.page()
  const [{ holding, records, matching, pages }, overview] = await Promise.all([
    listRecords(actor, outside().storage, { holdingId: params.id ?? '', page: pageNumber, search, state }),
    readOverview(actor),
  ])
  const { category, id } = holding
  const mine = overview.find(one => one.category === category)
  const href = (to: { page?: number; q?: string; show?: string | null }) => {
    const given = new URLSearchParams()
    const [q, show] = [to.q ?? search, to.show === undefined ? state : to.show]
    if (q !== '') given.set('q', q)
    if (show !== null) given.set('show', show)
    if ((to.page ?? 1) > 1) given.set('page', String(to.page))
    const text = given.toString()
    return `/account/records/${id}${text === '' ? '' : `?${text}`}`
  }
  const title = t('account.records.title', { category: t(`shell.categoriesInline.${category}`) })
  const other = mine?.newest?.id === id ? mine.fuller : mine?.newest
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      width="page"
      back={{ href: '/account', label: t('shell.nav.home') }}
    >
      <Part>
        <h1>{title}</h1>
        <p>{t('account.records.asOf', { day: dates.day(holding.asOf) })}</p>
        <CategoryTabs visit={visit} overview={overview} current={category} />
      </Part>
      {other ? (
        <Said>
          <p>
            {t(other === mine?.fuller ? 'account.records.older' : 'account.records.newer', {
              day: dates.day(other.asOf),
              found: other.found,
            })}{' '}
            <a href={`/account/records/${other.id}`}>{t('account.records.seeOther')}</a>
          </p>
        </Said>
      ) : null}
      <RecordSearch visit={visit} holding={holding} search={search} state={state} href={href} />
      <Part>
        <p className="num" aria-live="polite">
          {t('account.records.count', { count: matching })}
        </p>
        {records.length === 0 ? null : category === 'photos' ? (
          <PhotoGrid visit={visit} records={records} />
        ) : (
          <Card>
            <RecordList visit={visit} records={records} caption={title} />
          </Card>
        )}
        <Pager
          page={pageNumber}
          pages={pages}
          href={number => href({ page: number })}
          words={{
            label: t('shell.pager.label'),
            previous: t('shell.pager.previous'),
            next: t('shell.pager.next'),
            position: t('shell.pager.position', { page: pageNumber, pages }),
          }}
        />
      </Part>
      {holding.found > 0 ? (
        <div>
          <LinkButton href={`/account/restore?take=${id}`}>{t('account.records.restore')}</LinkButton>
        </div>
      ) : null}
    </Page>
  )
})
