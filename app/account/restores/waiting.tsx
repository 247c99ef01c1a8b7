import type { Visit } from '@/app/_shell/visit'
import { Acts, Button, LinkButton } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { UnderWay } from '@/app/account/restores/under-way'
import { UndoOffer } from '@/app/account/restores/undo-offer'
import type { RequestView } from '@/domain/restore/find-requests'
import { waitReasons } from '@/domain/restore/wait-reason'

/** Why it waits, what to do, and the way on from where it stopped. */
export function Waiting({ visit, request }: { visit: Visit; request: RequestView }) {
  const { t, formToken } = visit
  const { id, waitReason, actions, account } = request
  const reason = waitReason ?? 'our-fault'
  const { needs } = waitReasons[reason]
  const here = `/account/restores/${id}`
  const mayTry = actions.includes('resume') && (needs !== 'support' || reason === 'our-fault')
  return (
    <>
      <Part>
        <h1>{t(`reasons.wait.${reason}.title`)}</h1>
        <Notice standing={needs === 'subscriber' ? 'you' : 'wait'} title={t(`reasons.wait.${reason}.text`)}>
          <p>{needs === 'subscriber' || !mayTry ? t('requests.waiting.kept') : t('requests.waiting.byItself')}</p>
        </Notice>
      </Part>
      {mayTry ? (
        <Acts>
          {reason === 'password-refused' ? (
            <LinkButton href={`/account/devices/${account.id}/password?next=${encodeURIComponent(here)}`}>
              {t('requests.waiting.password')}
            </LinkButton>
          ) : null}
          <Form action={`${here}/resume`} token={formToken}>
            <Button look={needs === 'subscriber' && reason !== 'password-refused' ? 'main' : 'plain'}>
              {t(needs === 'subscriber' ? 'requests.waiting.goOn' : 'requests.waiting.tryNow')}
            </Button>
          </Form>
        </Acts>
      ) : null}
      <UnderWay visit={visit} request={request} heading="h2" />
      {actions.includes('undo') ? <UndoOffer visit={visit} request={request} /> : null}
      <Quiet>{t('restore.filed.contact')}</Quiet>
    </>
  )
}
