import { validate as isUuid } from 'uuid'
import { page } from '@/app/_shell/page'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { KeysetPager } from '@/app/_ui/keyset-pager'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StateTabs } from '@/app/_ui/state-tabs'
import { exceptionWords } from '@/app/admin/batches/[id]/exception-counts'
import { findBatch } from '@/domain/recovery/find-batch'
import { countExceptions, listExceptions } from '@/domain/recovery/list-exceptions'

/** Everything in a batch that could not be placed, fifty a page, narrowed to one reason where wanted. */
export default page('/admin/batches/[id]/exceptions', async (visit, { params, query }) => {
  const { t, dates, actor } = visit
  const { id, name, exceptionCount } = await findBatch(actor, { id: params.id ?? '' })
  const counts = await countExceptions(actor, id)
  const reason = counts.find(one => one.reason === query.one('reason'))?.reason
  const last = query.one('after')
  const after = isUuid(last) ? last : undefined
  const { exceptions, next } = await listExceptions(actor, {
    batchId: id,
    ...(reason === undefined ? {} : { reason }),
    ...(after === undefined ? {} : { after }),
  })
  const title = t('admin.exceptions.title', { name })
  const here = `/admin/batches/${id}/exceptions`
  const href = (more: Record<string, string>) =>
    `${here}?${new URLSearchParams({ ...(reason === undefined ? {} : { reason }), ...more })}`
  return (
    <ConsolePage
      title={title}
      lead={t('admin.exceptions.lead')}
      back={{ href: `/admin/batches/${id}`, label: t('admin.exceptions.back', { name }) }}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <StateTabs
        label={t('admin.exceptions.filter')}
        tabs={[
          {
            key: '',
            href: here,
            word: t('admin.exceptions.all'),
            count: dates.number(exceptionCount),
            standing: null,
            current: reason === undefined,
          },
          ...counts.map(one => ({
            key: one.reason,
            href: `${here}?reason=${encodeURIComponent(one.reason)}`,
            word: exceptionWords(visit, one.reason),
            count: dates.number(one.count),
            standing: null,
            current: one.reason === reason,
          })),
        ]}
      />
      <Card className="py-1!">
        {exceptions.length === 0 ? (
          <p className="py-3">{t('admin.exceptions.empty')}</p>
        ) : (
          <ReflowTable
            caption={t('admin.exceptions.caption')}
            columns={[
              { head: t('admin.exceptions.columns.path') },
              { head: t('admin.exceptions.columns.reason') },
              { head: t('admin.exceptions.columns.detail') },
            ]}
            rows={exceptions.map(one => ({
              key: one.id,
              cells: [
                <code key="path" className="[overflow-wrap:anywhere]">
                  {one.path}
                </code>,
                exceptionWords(visit, one.reason),
                one.detail === null ? (
                  '–'
                ) : (
                  <span key="detail" lang="en" className="text-quiet [overflow-wrap:anywhere]">
                    {one.detail}
                  </span>
                ),
              ],
            }))}
          />
        )}
      </Card>
      <KeysetPager
        first={after === undefined ? null : href({})}
        next={next === null ? null : href({ after: next })}
        words={{
          label: t('admin.exceptions.pages'),
          first: t('admin.exceptions.first'),
          next: t('admin.exceptions.next'),
        }}
      />
    </ConsolePage>
  )
})
