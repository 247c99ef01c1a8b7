import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { ErrorSummary, errorFor, Form, TextField } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'

/** Asks for the code. It says the same whether one was sent or not. */
export default page('/sign-in/code/enter', async (visit, { query }) => {
  const { t } = visit
  const form = await formState(visit, query.one('form'), 'signIn.errors', 'identity.errors')
  const attempt = form.value('attempt')
  if (attempt === undefined) redirect('/sign-in/code')
  const next = localPath(form.value('next'), '')
  const title = t('signIn.code.sentTitle')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="grid gap-2">
        <h1>{title}</h1>
        <p>{t('signIn.code.sent')}</p>
      </div>
      {visit.demonstration ? (
        <Notice standing="busy" title={t('identity.prove.demonstration')}>
          <p>
            <a className="inline-flex min-h-11 items-center" href="/demo/sms">
              {t('identity.prove.open')}
            </a>
          </p>
        </Notice>
      ) : null}
      <Form action="/sign-in/code/use" token={visit.formToken} hidden={{ next, attempt }}>
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
          <Button>{t('signIn.code.use')}</Button>
        </div>
      </Form>
      <Quiet>{t('signIn.code.nothing')}</Quiet>
      <p>
        <a className="inline-flex min-h-11 items-center" href={`/sign-in/code?next=${encodeURIComponent(next)}`}>
          {t('signIn.code.again')}
        </a>
      </p>
    </Page>
  )
})
