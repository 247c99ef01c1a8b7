import { validate as isUuid } from 'uuid'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form, TextField } from '@/app/_ui/form'
import { KeysetPager } from '@/app/_ui/keyset-pager'
import { Notice } from '@/app/_ui/standing'
import { StateTabs } from '@/app/_ui/state-tabs'
import { QueueTable } from '@/app/support/queue-table'
import { type RequestStatus, requestStandings } from '@/app/support/request-words'
import { mayEver } from '@/domain/policy'
import { countQueue, listQueue } from '@/domain/restore/find-requests'

/** In the order in which staff can do something about them. */
const tabs = [
  'filed',
  'held',
  'waiting',
  'approved',
  'running',
  'done',
  'undone',
  'declined',
] as const satisfies readonly RequestStatus[]

export default page('/support', async (visit, { query }) => {
  const { t, dates, actor } = visit
  // PostgreSQL keeps no NUL in a text.
  const search = (query.one('q') ?? '').replaceAll('\0', '').trim().slice(0, 200)
  const wanted = query.one('status') ?? 'filed'
  const status = search === '' ? tabs.find(one => one === wanted) : undefined
  const last = query.one('after')
  const after = isUuid(last) ? last : undefined
  const [counts, { requests, next }] = await Promise.all([
    countQueue(actor),
    listQueue(actor, { search, ...(status && { status }), ...(after && { after }) }),
  ])
  const oldest = status === 'filed' && after === undefined ? requests[0] : undefined
  const title = t('support.queue.title')
  const href = (more: Record<string, string>) => `/support?${new URLSearchParams(more)}`
  const here: Record<string, string> = search === '' ? { status: status ?? 'all' } : { q: search }
  return (
    <ConsolePage
      title={title}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
      lead={
        search === ''
          ? `${t('support.queue.waiting', { count: counts.filed ?? 0 })}${oldest === undefined ? '' : ` · ${t('support.queue.oldest', { relative: dates.relative(oldest.filedAt) })}`}`
          : t('support.queue.found', { count: requests.length, search })
      }
      act={<Search visit={visit} search={search} />}
    >
      {query.one('next') === 'none' ? <Notice standing="ok" title={t('support.take.none')} /> : null}
      {mayEver(actor, 'ticket.take') && search === '' ? (
        <Form action="/support/next" token={visit.formToken}>
          <div data-key="n">
            <Button>{t('support.take.next')}</Button>
          </div>
        </Form>
      ) : null}
      {search === '' ? (
        <QueueTabs visit={visit} counts={counts} status={status} />
      ) : (
        <p>
          <a className="inline-flex min-h-6 items-center" href="/support">
            {t('support.queue.clear')}
          </a>
        </p>
      )}
      {requests.length === 0 ? (
        <Card>
          <p>
            {search !== ''
              ? t('support.queue.emptySearch')
              : t(status === 'filed' ? 'support.queue.emptyFiled' : 'support.queue.empty')}
          </p>
        </Card>
      ) : (
        <Card className="py-1!">
          <QueueTable visit={visit} requests={requests} />
        </Card>
      )}
      <p>
        <a className="inline-flex min-h-6 items-center" href="/support/freezes">
          {t('identity.support.link')}
        </a>
      </p>
      {mayEver(actor, 'working.choose') ? (
        <p>
          <a className="inline-flex min-h-6 items-center" href="/support/working">
            {t('atHand.working.link')}
          </a>
        </p>
      ) : null}
      <p>
        <a className="inline-flex min-h-6 items-center" href="/support/bulk">
          {t('decisions.bulk.title')}
        </a>
      </p>
      {mayEver(actor, 'macro.use') ? (
        <p>
          <a className="inline-flex min-h-6 items-center" href="/support/macros">
            {t('conversation.macros.title')}
          </a>
        </p>
      ) : null}
      <p>
        <a className="inline-flex min-h-6 items-center" href="/support/rules">
          {t('rules.title')}
        </a>
      </p>
      <KeysetPager
        first={after === undefined ? null : href(here)}
        next={next === null ? null : href({ ...here, after: next })}
        words={{
          label: t('support.queue.pages'),
          first: t('support.queue.first'),
          next: t('support.queue.next'),
        }}
      />
    </ConsolePage>
  )
})

function Search({ visit: { t }, search }: { visit: Visit; search: string }) {
  return (
    <search data-key="/" className="screen-only w-full max-w-md grow">
      <Form method="get" action="/support">
        <div className="flex flex-wrap items-end gap-2">
          <div className="min-w-0 grow basis-56">
            <TextField
              name="q"
              type="search"
              label={t('support.queue.search')}
              hint={t('support.queue.searchHint')}
              value={search}
            />
          </div>
          <Button look="plain">{t('support.queue.go')}</Button>
        </div>
      </Form>
    </search>
  )
}

function QueueTabs({
  visit: { t, dates },
  counts,
  status,
}: {
  visit: Visit
  counts: Partial<Record<RequestStatus, number>>
  status: RequestStatus | undefined
}) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <StateTabs
      label={t('support.queue.tabs')}
      tabs={[
        ...tabs.map(one => ({
          key: one,
          href: `/support?status=${one}`,
          word: t(`support.queue.tab.${one}`),
          count: dates.number(counts[one] ?? 0),
          standing: requestStandings[one],
          current: one === status,
        })),
        {
          key: 'all',
          href: '/support?status=all',
          word: t('support.queue.tab.all'),
          count: dates.number(all),
          standing: null,
          current: status === undefined,
        },
      ]}
    />
  )
}
