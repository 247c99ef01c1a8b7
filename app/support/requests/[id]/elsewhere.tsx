import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { crossingStandings } from '@/app/account/crossings/crossing-standing'
import { isLive } from '@/domain/crossing/crossing-status'
import { may } from '@/domain/policy'
import type { WholeRequest } from '@/domain/restore/find-requests'
import { allows } from '@/domain/restore/request-status'

/** That a request carries another person's records, with the way back; or the way to ask that one's own go elsewhere. */
export function Elsewhere({ visit, request, open }: { visit: Visit; request: WholeRequest; open: boolean }) {
  const { t, actor, formToken } = visit
  const { id, carrierId, crossing, status, sent } = request
  const about = { carrierId, subscriberId: null }
  if (crossing !== null) {
    const { from: account, over } = crossing
    const offersUndo = allows('undo', status) && !request.undoing && may(actor, 'crossing.undo', about)
    return (
      <Notice standing={over ? 'bad' : 'you'} title={t('crossings.ask.carriedTitle')}>
        <p>{t(over ? 'crossings.ask.over' : 'crossings.ask.carried', { account })}</p>
        {offersUndo ? (
          <Form action={`/support/requests/${id}/elsewhere/undo`} token={formToken} hidden={{ crossing: crossing.id }}>
            <div>
              <Button look="plain">{t('crossings.ask.undo')}</Button>
            </div>
          </Form>
        ) : null}
      </Notice>
    )
  }
  const isLast = sent !== null && !isLive(sent.status)
  const mayAsk = !open && status === 'filed' && (sent === null || isLast) && may(actor, 'decision.ask', about)
  if (sent === null && !mayAsk) return null
  return (
    <Card>
      <Part>
        {sent === null ? null : <Sent visit={visit} sent={sent} />}
        {mayAsk ? (
          <>
            <p>
              <a className="inline-flex min-h-11 items-center" href={`/support/requests/${id}/elsewhere`}>
                {t('crossings.ask.open')}
              </a>
            </p>
            <Quiet>{t('crossings.ask.text')}</Quiet>
          </>
        ) : null}
      </Part>
    </Card>
  )
}

/** How the last stands that was asked about it: whoever decides on the request must not do so beside it. */
function Sent({ visit: { t }, sent }: { visit: Visit; sent: NonNullable<WholeRequest['sent']> }) {
  return (
    <>
      <div>
        <StandingTag standing={crossingStandings[sent.status]}>{t(`crossings.forSupport.${sent.status}`)}</StandingTag>
      </div>
      <p>
        {t('crossings.ask.sent', { account: sent.into })}{' '}
        <a className="inline-flex min-h-6 items-center" href={`/support/decisions/${sent.decisionId}`}>
          {t('crossings.ask.sentSee')}
        </a>
      </p>
    </>
  )
}
