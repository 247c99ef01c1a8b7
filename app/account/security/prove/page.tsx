import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import { leavesForm } from '@/app/_shell/prove-path'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { ErrorSummary, errorFor, Form, TextField } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { FreezePart } from '@/app/account/security/freeze-part'
import { notFound } from '@/domain/errors'
import { listPasskeys } from '@/domain/identity/list-passkeys'
import { readSecurity, type Security } from '@/domain/identity/read-security'

/** Asks for a passkey, or a code from the number on file, and leads back to the step that needs it, with what was entered there. */
export default page('/account/security/prove', async (visit, { query }) => {
  const { t, actor, session } = visit
  if (actor.role !== 'subscriber' || session === null) throw notFound('subscriber')
  const next = localPath(query.one('next'), '/account')
  const form = await formState(visit, query.one('form'), 'identity.errors', 'passkeys.errors')
  const security = await readSecurity(actor, outside().secrets, { subscriberId: actor.subscriberId })
  const sent = security.codeSentTo(session.id)
  const hasPasskey = (await listPasskeys(actor)).length > 0
  const title = t(sent ? 'identity.prove.sentTitle' : 'identity.prove.title')
  const number = security.number ?? ''
  const refusal = whyNone(visit, security)
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <Part>
        <h1>{title}</h1>
        <p>{sent && refusal === null ? t('identity.prove.sent', { number }) : t('identity.prove.lead')}</p>
        {leavesForm(next) ? <p>{t('identity.prove.kept')}</p> : null}
      </Part>
      {sent ? null : <ByPasskey visit={visit} hasPasskey={hasPasskey} next={next} />}
      {refusal}
      {refusal === null && sent && visit.demonstration ? (
        <Notice standing="busy" title={t('identity.prove.demonstration')}>
          <p>
            <a className="inline-flex min-h-11 items-center" href="/demo/sms">
              {t('identity.prove.open')}
            </a>
          </p>
        </Notice>
      ) : null}
      {refusal === null && sent ? (
        <Form action="/account/security/prove/check" token={visit.formToken} hidden={{ next }}>
          <TextField
            name="code"
            narrow
            label={t('identity.prove.code')}
            hint={t('identity.prove.codeHint')}
            autoComplete="one-time-code"
            inputMode="numeric"
            error={errorFor(form.errors, 'code')}
          />
          <div>
            <Button>{t('identity.prove.check')}</Button>
          </div>
        </Form>
      ) : null}
      {refusal === null ? (
        <Part>
          {sent ? null : (
            <>
              <h2>{t('identity.prove.codeTitle')}</h2>
              <p>{t('identity.prove.codeText', { number })}</p>
            </>
          )}
          <Form action="/account/security/prove/send" token={visit.formToken} hidden={{ next }}>
            {sent ? <Quiet>{t('identity.prove.againHint')}</Quiet> : null}
            <div>
              <Button look={sent || hasPasskey ? 'plain' : 'main'}>
                {t(sent ? 'identity.prove.sendAgain' : 'identity.prove.send')}
              </Button>
            </div>
          </Form>
        </Part>
      ) : null}
      {sent ? <ByPasskey visit={visit} hasPasskey={hasPasskey} next={next} /> : null}
      {security.codeWaitUntil === null ? null : <FreezePart visit={visit} />}
    </Page>
  )
})

/** The other way, and the better one; in a demonstration the device is played. */
function ByPasskey({ visit, hasPasskey, next }: { visit: Visit; hasPasskey: boolean; next: string }) {
  const { t, demonstration, formToken, actor } = visit
  if ((!hasPasskey && !demonstration) || actor.role !== 'subscriber') return null
  return (
    <Part>
      <h2>{t('identity.prove.passkeyTitle')}</h2>
      <p>{t('identity.prove.passkeyText')}</p>
      {hasPasskey ? (
        <Form action="/sign-in/again/passkey" token={formToken} hidden={{ next }}>
          <div>
            <Button>{t('passkeys.prove.begin')}</Button>
          </div>
        </Form>
      ) : null}
      {demonstration ? (
        <Form action="/sign-in/demonstration" token={formToken} hidden={{ next, person: actor.subscriberId }}>
          <Quiet>{t('identity.prove.passkeyDemonstration')}</Quiet>
          <div>
            <Button look="plain">{t('passkeys.prove.demonstration')}</Button>
          </div>
        </Form>
      ) : null}
    </Part>
  )
}

/** Why no code can be had, and what to do; null where one can. */
function whyNone({ t, dates }: Visit, { holds, number, codeWaitUntil }: Security): React.ReactNode {
  if (holds.some(({ kind }) => kind === 'frozen'))
    return (
      <Notice standing="bad" title={t('identity.prove.held.title')}>
        <p>{t('identity.prove.held.text')}</p>
      </Notice>
    )
  if (number === null)
    return (
      <Notice standing="you" title={t('identity.prove.noNumber.title')}>
        <p>{t('identity.prove.noNumber.text')}</p>
      </Notice>
    )
  if (codeWaitUntil !== null)
    return (
      <Notice standing="bad" title={t('identity.prove.waits.title')}>
        <p>{t('identity.prove.waits.text', { moment: dates.moment(codeWaitUntil) })}</p>
      </Notice>
    )
  return null
}
