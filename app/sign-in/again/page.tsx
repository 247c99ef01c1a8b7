import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { ErrorSummary, Form } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { DemonstrationLink } from '@/app/sign-in/demonstration-link'

/** Proves again who is here, and leads back to the step that asked for it, with what was entered there. */
export default page('/sign-in/again', async (visit, { query }) => {
  const { t, session } = visit
  const email = session?.email ?? ''
  const next = localPath(query.one('next'), '/')
  const form = await formState(visit, query.one('form'), 'signIn.errors')
  const sent = query.one('sent') === '1'
  return (
    <Page title={t('signIn.again.title')} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="grid gap-2">
        <h1>{t('signIn.again.title')}</h1>
        <p>{sent ? t('signIn.again.sent', { email }) : t('signIn.again.text', { email })}</p>
        <p>{t('signIn.again.kept')}</p>
      </div>
      {sent && visit.demonstration ? <DemonstrationLink visit={visit} email={email} /> : null}
      {sent ? (
        <Quiet>{t('signIn.sent.nothing')}</Quiet>
      ) : (
        <Form action="/sign-in/again/send" token={visit.formToken} hidden={{ next }}>
          <div>
            <Button>{t('signIn.again.send')}</Button>
          </div>
        </Form>
      )}
    </Page>
  )
})
