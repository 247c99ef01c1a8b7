import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { may } from '@/domain/policy'
import type { WholeRequest } from '@/domain/restore/find-requests'

/** Who works on the request now, and the way to it or away from it. */
export function Taken({ visit, request }: { visit: Visit; request: WholeRequest }) {
  const { id, carrierId, subscriber, taken, takeable } = request
  const ticket = { carrierId, subscriberId: subscriber.id, taken, takeable }
  return <TakenTicket visit={visit} ticket={ticket} at={`/support/requests/${id}`} />
}

/** Who works on a ticket now; `at`: the page whose forms take and leave it. */
export function TakenTicket({
  visit,
  ticket,
  at,
}: {
  visit: Visit
  ticket: Pick<WholeRequest, 'carrierId' | 'taken' | 'takeable'> & { subscriberId: string }
  at: string
}) {
  const { t, dates, actor, formToken } = visit
  const { taken, takeable } = ticket
  const until = taken === null ? '' : dates.shortMoment(taken.until)
  const act = (where: 'take' | 'leave', word: string, look?: 'plain') => (
    <Form action={`${at}/${where}`} token={formToken}>
      <Button {...(look && { look })}>{word}</Button>
    </Form>
  )
  if (taken !== null && !taken.own)
    return (
      <Notice standing="wait" title={t('support.take.others', { name: taken.name, until })}>
        <p>{t('support.take.othersText')}</p>
        {may(actor, 'ticket.take-over', ticket) ? act('take', t('support.take.over'), 'plain') : null}
      </Notice>
    )
  if (!takeable) return null
  if (taken === null)
    return (
      <Card>
        <Part>
          <Quiet>{t('support.take.takeText')}</Quiet>
          <div data-key="t">{act('take', t('support.take.take'), 'plain')}</div>
        </Part>
      </Card>
    )
  return (
    <Notice standing="ok" title={t('support.take.own', { until })}>
      <div className="flex flex-wrap gap-2">
        {act('take', t('support.take.longer'), 'plain')}
        {act('leave', t('support.take.leave'), 'plain')}
      </div>
    </Notice>
  )
}
