import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { ErrorSummary, errorFor, Form, TextField } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { DemonstrationPeople } from '@/app/sign-in/demonstration-people'
import { system } from '@/domain/actor'
import { listDemonstrationPeople } from '@/domain/subscriber/list-demonstration-people'

const firstPeople = 10

export default page('/sign-in', async (visit, { query }) => {
  const { t } = visit
  const next = localPath(query.one('next'), '')
  const all = query.one('all') === '1'
  const [form, people] = await Promise.all([
    formState(visit, query.one('form'), 'signIn.errors', 'passkeys.errors'),
    visit.demonstration ? listDemonstrationPeople(system('demonstration'), all ? 200 : firstPeople) : [],
  ])
  return (
    <Page title={t('signIn.title')} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="grid gap-2">
        <h1>{t('signIn.title')}</h1>
        <p>{t('signIn.lead')}</p>
      </div>
      <Form action="/sign-in/send" token={visit.formToken} hidden={{ next }}>
        <TextField
          name="email"
          type="email"
          autoComplete="email"
          narrow
          label={t('signIn.email')}
          hint={t('signIn.emailHint')}
          error={errorFor(form.errors, 'email')}
          value={form.value('email')}
        />
        <div>
          <Button>{t('signIn.send')}</Button>
        </div>
      </Form>
      <p className="grid gap-1">
        {t('signIn.code.offerTitle')}
        <a className="inline-flex min-h-11 items-center" href={`/sign-in/code?next=${encodeURIComponent(next)}`}>
          {t('signIn.code.offer')}
        </a>
      </p>
      <Part>
        <h2>{t('passkeys.signIn.title')}</h2>
        <p>{t('passkeys.signIn.text')}</p>
        <Form action="/sign-in/passkey/begin" token={visit.formToken} hidden={{ next }}>
          <div>
            <Button look="plain">{t('passkeys.signIn.begin')}</Button>
          </div>
        </Form>
      </Part>
      <DemonstrationPeople visit={visit} people={people} next={next} all={all} />
    </Page>
  )
})
