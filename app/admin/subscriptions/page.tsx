import { formState } from '@/app/_shell/form-state'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { Table } from '@/app/_ui/table'
import { WebhookTable } from '@/app/admin/subscriptions/webhook-table'
import { countSubscriptions, listWebhooks } from '@/domain/notification/list-webhooks'

const kinds = ['mail', 'sms', 'push', 'webhook'] as const
const states = ['active', 'unconfirmed', 'disabled'] as const

/** How many asked to be told, and how the endpoints among them fare. */
export default page('/admin/subscriptions', async (visit, { query }) => {
  const { t, actor } = visit
  const [counts, webhooks, form] = await Promise.all([
    countSubscriptions(actor),
    listWebhooks(actor, outside().secrets),
    formState(visit, query.one('form'), 'subscribe.errors'),
  ])
  const done = query.one('done')
  const replayed = /^\d{1,9}$/.exec(query.one('replayed') ?? '')?.[0]
  return (
    <ConsolePage
      title={t('subscribe.admin.title')}
      lead={t('subscribe.admin.lead')}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {form.returned || (done !== 'disabled' && done !== 'resumed') ? null : (
        <Notice standing="ok" title={t(`subscribe.admin.${done}`)} />
      )}
      {form.returned || replayed === undefined ? null : (
        <Notice standing="busy" title={t('subscribe.admin.replayed', { count: Number(replayed) })} />
      )}
      <Card>
        <Part>
          <h2>{t('subscribe.admin.counts')}</h2>
          <CountTable visit={visit} counts={counts} />
        </Part>
      </Card>
      <Card>
        <Part>
          <h2>{t('subscribe.admin.webhooks')}</h2>
          {webhooks.length === 0 ? (
            <p>{t('subscribe.admin.none')}</p>
          ) : (
            <WebhookTable visit={visit} webhooks={webhooks} since={form.value('since')} />
          )}
        </Part>
      </Card>
    </ConsolePage>
  )
})

function CountTable({
  visit: { t, dates },
  counts,
}: {
  visit: Visit
  counts: Awaited<ReturnType<typeof countSubscriptions>>
}) {
  const countOf = (channel: string, status: string) =>
    counts.find(one => one.channel === channel && one.status === status)?.count ?? 0
  return (
    <Table
      caption={t('subscribe.admin.counts')}
      columns={[
        { head: t('subscribe.admin.countsColumns.channel') },
        ...states.map(state => ({ head: t(`subscribe.admin.countsColumns.${state}`), numeric: true })),
      ]}
      rows={kinds.map(channel => ({
        key: channel,
        cells: [
          t(`subscribe.channels.${channel}`),
          ...states.map(state => <span key={state}>{dates.number(countOf(channel, state))}</span>),
        ],
      }))}
    />
  )
}
