import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { errorFor, Form, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import type { Preferences } from '@/domain/notification/read-preferences'
import type { Language } from '@/messages/language'

type Subscription = Extract<Preferences, { kind: 'subscription' }>

/** How an endpoint fares, for its owner: what failed, what switches it on again, what it missed. */
export function WebhookPart({
  visit,
  form,
  webhook: { failures, failingSince, byHand },
  status,
  token,
  language,
}: {
  visit: Visit
  form: FormState
  webhook: NonNullable<Subscription['webhook']>
  status: Subscription['status']
  token: string
  language: Language
}) {
  const { t, dates, formToken } = visit
  const isOff = status === 'disabled'
  if (status === 'unconfirmed') return <p>{t('subscribe.preferences.webhookUnconfirmed')}</p>
  return (
    <>
      {isOff && byHand ? <Notice standing="bad" title={t('subscribe.preferences.webhookByHand')} /> : null}
      {!byHand && failingSince !== null && failures > 0 ? (
        <Notice standing={isOff ? 'bad' : 'wait'} title={t('subscribe.preferences.webhookFails', { count: failures })}>
          <p>{t('subscribe.preferences.webhookSince', { moment: dates.moment(failingSince) })}</p>
        </Notice>
      ) : null}
      {isOff && !byHand ? (
        <Part>
          <p>{t('subscribe.preferences.webhookOff')}</p>
          <Form action={`/${language}/subscribe/resume`} token={formToken} hidden={{ link: token }}>
            <div>
              <Button>{t('subscribe.preferences.webhookResume')}</Button>
            </div>
          </Form>
        </Part>
      ) : null}
      {status === 'active' ? (
        <Form action={`/${language}/subscribe/replay`} token={formToken} hidden={{ link: token }}>
          <TextField
            name="since"
            narrow
            label={t('subscribe.preferences.webhookReplay')}
            hint={t('subscribe.preferences.webhookReplayHint')}
            error={errorFor(form.errors, 'since')}
            value={form.value('since')}
          />
          <div>
            <Button look="plain">{t('subscribe.preferences.webhookReplayGo')}</Button>
          </div>
        </Form>
      ) : null}
    </>
  )
}
