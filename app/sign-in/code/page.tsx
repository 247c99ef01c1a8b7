import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { ErrorSummary, errorFor, Form, TextField } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'

/** For subscribers whose mailbox is what was lost: asks for the number of before the incident. */
export default page('/sign-in/code', async (visit, { query }) => {
  const { t } = visit
  const form = await formState(visit, query.one('form'), 'signIn.errors')
  const next = localPath(query.one('next'), '')
  const title = t('signIn.code.title')
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={form.errors.length > 0}
      back={{ href: `/sign-in?next=${encodeURIComponent(next)}`, label: t('shell.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="grid gap-2">
        <h1>{title}</h1>
        <p>{t('signIn.code.lead')}</p>
      </div>
      <Form action="/sign-in/code/send" token={visit.formToken} hidden={{ next }}>
        <TextField
          name="number"
          type="tel"
          narrow
          label={t('signIn.code.number')}
          hint={t('signIn.code.numberHint')}
          autoComplete="tel"
          error={errorFor(form.errors, 'number')}
          value={form.value('number')}
        />
        <TextField
          name="account"
          narrow
          label={t('signIn.code.account')}
          hint={t('signIn.code.accountHint')}
          error={errorFor(form.errors, 'account')}
          value={form.value('account')}
        />
        <div>
          <Button>{t('signIn.code.send')}</Button>
        </div>
      </Form>
    </Page>
  )
})
