import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Form } from '@/app/_ui/form'
import type { Standing } from '@/app/_ui/icon'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { StandingTag } from '@/app/_ui/standing'
import { When } from '@/app/_ui/when'
import type { ListedWebhook } from '@/domain/notification/list-webhooks'

const standings: Record<ListedWebhook['status'], Standing> = {
  active: 'ok',
  unconfirmed: 'wait',
  disabled: 'bad',
  ended: 'gone',
}

/** Endpoints, those in trouble first, with what can be done about each. */
export function WebhookTable({
  visit,
  webhooks,
  since,
}: {
  visit: Visit
  webhooks: ListedWebhook[]
  since: string | undefined
}) {
  const { t, dates } = visit
  const firstActive = webhooks.find(one => one.status === 'active')?.id
  return (
    <ReflowTable
      caption={t('subscribe.admin.webhooks')}
      columns={[
        { head: t('subscribe.admin.columns.host') },
        { head: t('subscribe.admin.columns.state') },
        { head: t('subscribe.admin.columns.failures'), numeric: true },
        { head: t('subscribe.admin.columns.since'), short: true },
        { head: t('subscribe.admin.columns.act'), selfExplaining: true },
      ]}
      rows={webhooks.map(webhook => ({
        key: webhook.id,
        cells: [
          <span key="host" className="font-semibold [overflow-wrap:anywhere]">
            {webhook.address}
          </span>,
          <StandingTag key="state" standing={standings[webhook.status]}>
            {t(`subscribe.preferences.states.${webhook.status}`)}
          </StandingTag>,
          dates.number(webhook.failures),
          webhook.failingSince === null ? (
            t('subscribe.admin.never')
          ) : (
            <When key="since" at={webhook.failingSince} dates={dates} />
          ),
          <Acts key="act" visit={visit} webhook={webhook} since={since} first={webhook.id === firstActive} />,
        ],
      }))}
    />
  )
}

function Acts({
  visit: { t, formToken },
  webhook: { id, status, address },
  since,
  first,
}: {
  visit: Visit
  webhook: ListedWebhook
  since: string | undefined
  first: boolean
}) {
  if (status === 'unconfirmed') return null
  const act = status === 'active' ? 'disable' : 'resume'
  // What is to be put right leads to the first of them.
  const field = first ? 'since' : `since-${id}`
  return (
    <div className="grid gap-3">
      <Form action={`/admin/subscriptions/${act}`} token={formToken} hidden={{ subscriptionId: id }}>
        <div>
          <Button look="plain">
            {t(`subscribe.admin.${act}`)}
            <span className="sr-only"> {address}</span>
          </Button>
        </div>
      </Form>
      {status === 'active' ? (
        <Form
          action="/admin/subscriptions/replay"
          token={formToken}
          hidden={{ subscriptionId: id }}
          id={`replay-${id}`}
        >
          <div className="grid gap-1">
            <label htmlFor={field}>
              {t('subscribe.admin.replay')}
              <span className="sr-only"> {address}</span>
            </label>
            <p id={`${field}-hint`} className="text-note text-quiet">
              {t('subscribe.admin.replayHint')}
            </p>
            <input
              id={field}
              name="since"
              type="text"
              defaultValue={since}
              aria-describedby={`${field}-hint`}
              className="min-h-9 w-full rounded-control border-2 border-line-strong bg-card px-3 py-1 text-ink max-sm:min-h-11"
            />
          </div>
          <div>
            <Button look="plain">
              {t('subscribe.admin.replayGo')}
              <span className="sr-only"> {address}</span>
            </Button>
          </div>
        </Form>
      ) : null}
    </div>
  )
}
