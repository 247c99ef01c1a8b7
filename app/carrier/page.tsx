import { validate as isUuid } from 'uuid'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { KeysetPager } from '@/app/_ui/keyset-pager'
import { StateTabs } from '@/app/_ui/state-tabs'
import { CarrierTabs } from '@/app/carrier/carrier-tabs'
import { NoticeTable } from '@/app/carrier/notice-table'
import { type NoticeStatus, noticeStandings } from '@/app/carrier/notice-words'
import { countNotices, listNotices } from '@/domain/notice/list-notices'
import { noticeStatuses } from '@/domain/notice/notice-status'
import { mayEver } from '@/domain/policy'

/** A carrier's notices, each in its state. */
export default page('/carrier', async (visit, { query }) => {
  const { t, actor } = visit
  const wanted = query.one('status')
  const status = noticeStatuses.find(one => one === wanted)
  const last = query.one('after')
  const after = isUuid(last) ? last : undefined
  const [counts, { notices, next }] = await Promise.all([
    countNotices(actor),
    listNotices(actor, { ...(status && { status }), ...(after && { after }) }),
  ])
  const here: Record<string, string> = status === undefined ? {} : { status }
  const href = (more: Record<string, string>) => `/carrier?${new URLSearchParams(more)}`
  return (
    <ConsolePage
      title={t('notices.list.title')}
      lead={t('notices.list.lead')}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
      act={
        mayEver(actor, 'notice.write') ? (
          <LinkButton href="/carrier/notices/new">{t('notices.list.write')}</LinkButton>
        ) : undefined
      }
    >
      <CarrierTabs visit={visit} here="notices" />
      <NoticeTabs visit={visit} counts={counts} status={status} />
      {notices.length === 0 ? (
        <Card>
          <p>{t(status === undefined ? 'notices.list.emptyAll' : 'notices.list.empty')}</p>
        </Card>
      ) : (
        <Card className="py-1!">
          <NoticeTable visit={visit} notices={notices} />
        </Card>
      )}
      <KeysetPager
        first={after === undefined ? null : href(here)}
        next={next === null ? null : href({ ...here, after: next })}
        words={{ label: t('notices.list.pages'), first: t('notices.list.first'), next: t('notices.list.next') }}
      />
    </ConsolePage>
  )
})

function NoticeTabs({
  visit: { t, dates },
  counts,
  status,
}: {
  visit: Visit
  counts: Partial<Record<NoticeStatus, number>>
  status: NoticeStatus | undefined
}) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <StateTabs
      label={t('notices.list.tabs')}
      tabs={[
        {
          key: 'all',
          href: '/carrier',
          word: t('notices.list.all'),
          count: dates.number(all),
          standing: null,
          current: status === undefined,
        },
        ...noticeStatuses.map(one => ({
          key: one,
          href: `/carrier?status=${one}`,
          word: t(`notices.states.${one}`),
          count: dates.number(counts[one] ?? 0),
          standing: noticeStandings[one],
          current: one === status,
        })),
      ]}
    />
  )
}
