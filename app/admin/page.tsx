import { validate as isUuid } from 'uuid'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { KeysetPager } from '@/app/_ui/keyset-pager'
import { Notice } from '@/app/_ui/standing'
import { StateTabs } from '@/app/_ui/state-tabs'
import { type BatchStatus, batchStandings, batchStates } from '@/app/admin/batch-standing'
import { BatchTable } from '@/app/admin/batch-table'
import { mayEver } from '@/domain/policy'
import { countBatches } from '@/domain/recovery/count-batches'
import { listBatches } from '@/domain/recovery/list-batches'

const pageSize = 50

export default page('/admin', async (visit, { query }) => {
  const { t, actor, formToken } = visit
  const status = batchStates.find(one => one === query.one('status'))
  const last = query.one('after')
  const after = isUuid(last) ? last : undefined
  const [counts, rows, form] = await Promise.all([
    countBatches(actor),
    listBatches(actor, { ...(status && { status }), ...(after && { after }), limit: pageSize + 1 }),
    formState(visit, query.one('form'), 'admin.errors'),
  ])
  const batches = rows.slice(0, pageSize)
  const next = rows.length > pageSize ? batches.at(-1)?.id : undefined
  const here: Record<string, string> = status === undefined ? {} : { status }
  const href = (more: Record<string, string>) => `/admin?${new URLSearchParams({ ...here, ...more })}`
  return (
    <ConsolePage
      title={t('admin.batches.title')}
      lead={t('admin.batches.lead')}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
      act={
        mayEver(actor, 'batch.look') ? (
          <Form action="/admin/look" token={formToken}>
            <Button>{t('admin.batches.look')}</Button>
          </Form>
        ) : null
      }
    >
      {query.one('looked') === '1' && !form.returned ? (
        <Notice standing="busy" title={t('admin.batches.looked')}>
          <p>
            <a className="inline-flex min-h-6 items-center" href="/admin">
              {t('admin.batches.reload')}
            </a>
          </p>
        </Notice>
      ) : null}
      <BatchTabs visit={visit} counts={counts} status={status} />
      {batches.length === 0 ? (
        <Card>
          <p>{t(status === undefined && after === undefined ? 'admin.batches.emptyAll' : 'admin.batches.empty')}</p>
        </Card>
      ) : (
        <Card className="py-1!">
          <BatchTable visit={visit} batches={batches} />
        </Card>
      )}
      <KeysetPager
        first={after === undefined ? null : href({})}
        next={next === undefined ? null : href({ after: next })}
        words={{ label: t('admin.batches.pages'), first: t('admin.batches.first'), next: t('admin.batches.next') }}
      />
    </ConsolePage>
  )
})

function BatchTabs({
  visit: { t, dates },
  counts,
  status,
}: {
  visit: Visit
  counts: Partial<Record<BatchStatus, number>>
  status: BatchStatus | undefined
}) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <StateTabs
      label={t('admin.batches.tabs')}
      tabs={[
        {
          key: 'all',
          href: '/admin',
          word: t('admin.batches.all'),
          count: dates.number(all),
          standing: null,
          current: status === undefined,
        },
        ...batchStates.map(one => ({
          key: one,
          href: `/admin?status=${one}`,
          word: t(`admin.states.${one}`),
          count: dates.number(counts[one] ?? 0),
          standing: batchStandings[one],
          current: one === status,
        })),
      ]}
    />
  )
}
