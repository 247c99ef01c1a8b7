import { Acts, Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import type { Standing } from '@/app/_ui/icon'
import { Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { Table } from '@/app/_ui/table'
import type { PartProps } from '@/app/admin/incidents/[id]/part-props'
import type { Told } from '@/domain/incident/find-told'
import { mayEver } from '@/domain/policy'

type DeliveryStatus = Told['counts'][number]['status']

const standings: Record<Told['status'], Standing> = { spreading: 'busy', sending: 'busy', done: 'ok', stopped: 'gone' }
const channels = ['mail', 'sms', 'push', 'webhook'] as const
/** What waits and what is in hand are one to people. */
const columns = ['pending', 'sent', 'delivered', 'bounced', 'failed', 'suppressed'] as const satisfies DeliveryStatus[]

/** Who was told, by channel and by what became of it. */
export function ToldPart({ visit, incident, manages, all }: PartProps & { all: boolean }) {
  const { t } = visit
  if (incident.toldCount === 0) return null
  return (
    <Card>
      <Part>
        <h2 id="told">{t('incidents.told.title')}</h2>
        {incident.told.map(one => (
          <Message key={one.broadcastId} visit={visit} incident={incident} manages={manages} told={one} />
        ))}
        {!all && incident.toldCount > incident.told.length ? (
          <p>
            <a className="inline-flex min-h-9 items-center" href={`/admin/incidents/${incident.id}?told=all#told`}>
              {t('incidents.told.all', { count: incident.toldCount })}
            </a>
          </p>
        ) : null}
      </Part>
    </Card>
  )
}

function Message({ visit, incident, manages, told }: PartProps & { told: Told }) {
  const { t, dates, actor, formToken } = visit
  const { broadcastId, number, status, createdAt, counts, retryable } = told
  const name =
    number === null ? t('incidents.postmortem.title') : t('statusPage.timeline.number', { number: String(number) })
  const used = channels.filter(channel => counts.some(one => one.channel === channel))
  const count = (channel: string, ...of: DeliveryStatus[]) =>
    counts.filter(one => one.channel === channel && of.includes(one.status)).reduce((sum, one) => sum + one.count, 0)
  const stoppable = manages && (status === 'spreading' || status === 'sending')
  const again = mayEver(actor, 'delivery.retry') && retryable > 0 && status !== 'stopped'
  return (
    <section aria-label={name} className="grid gap-2 border-line border-l-2 pl-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3>{name}</h3>
        <StandingTag standing={standings[status]}>{t(`incidents.told.states.${status}`)}</StandingTag>
        <Quiet>{dates.moment(createdAt)}</Quiet>
      </div>
      {used.length === 0 ? (
        <p>{t('incidents.told.nobody')}</p>
      ) : (
        <Table
          caption={name}
          columns={[
            { head: t('incidents.told.channel') },
            ...columns.map(one => ({ head: t(`incidents.told.deliveries.${one}`), numeric: true })),
          ]}
          rows={used.map(channel => ({
            key: channel,
            cells: [
              t(`incidents.told.channels.${channel}`),
              ...columns.map(one =>
                dates.number(one === 'pending' ? count(channel, 'pending', 'sending') : count(channel, one)),
              ),
            ],
          }))}
        />
      )}
      {again || stoppable ? (
        <Acts>
          {again ? (
            <Form action={`/admin/incidents/${incident.id}/retry`} token={formToken} hidden={{ broadcastId }}>
              <Button look="plain">{t('incidents.told.retry', { count: retryable })}</Button>
            </Form>
          ) : null}
          {stoppable ? (
            <Form action={`/admin/incidents/${incident.id}/stop`} token={formToken} hidden={{ broadcastId }}>
              <Button look="stern">{t('incidents.told.stop')}</Button>
            </Form>
          ) : null}
        </Acts>
      ) : null}
    </section>
  )
}
