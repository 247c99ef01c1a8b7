import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { leavesForm, provePath } from '@/app/_shell/prove-path'
import { Button } from '@/app/_ui/button'
import { ErrorSummary, Form } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { listPasskeys } from '@/domain/identity/list-passkeys'
import { mayEver } from '@/domain/policy'

/** Proves again who of the staff is here, by their passkey, and leads back to the step that asked for it with what was entered. */
export default page('/sign-in/again', async (visit, { query }) => {
  const { t, session, actor, demonstration } = visit
  const next = localPath(query.one('next'), '/')
  const returned = query.one('form')
  // What was wrong with their passkey is said there.
  if (actor.role === 'subscriber')
    redirect(`${provePath(actor, next)}${returned ? `&form=${encodeURIComponent(returned)}` : ''}`)
  // A session that a link opened, and that is about nobody yet, has nobody to prove.
  if (!session || session.staffId === null) redirect(`/sign-in/whose?next=${encodeURIComponent(next)}`)
  const form = await formState(visit, returned, 'signIn.errors', 'passkeys.errors')
  const hasPasskey = mayEver(actor, 'passkey.manage') && (await listPasskeys(actor)).length > 0
  return (
    <Page title={t('signIn.again.title')} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="grid gap-2">
        <h1>{t('signIn.again.title')}</h1>
        <p>{t('passkeys.prove.text')}</p>
        {leavesForm(next) ? <p>{t('signIn.again.kept')}</p> : null}
      </div>
      {hasPasskey ? (
        <Form action="/sign-in/again/passkey" token={visit.formToken} hidden={{ next }}>
          <div>
            <Button>{t('passkeys.prove.begin')}</Button>
          </div>
        </Form>
      ) : null}
      {demonstration ? (
        <Form action="/sign-in/demonstration" token={visit.formToken} hidden={{ next, person: session.staffId }}>
          <div>
            <Button look="plain">{t('passkeys.prove.demonstration')}</Button>
          </div>
        </Form>
      ) : null}
    </Page>
  )
})
