import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { homeOf } from '@/app/_shell/sign-in'
import { Button } from '@/app/_ui/button'
import { Choices, ErrorSummary, errorFor, Form } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'

export default page('/sign-in/whose', async (visit, { query }) => {
  const { t, people, session } = visit
  const form = await formState(visit, query.one('form'), 'signIn.errors')
  if (people.staff !== null) redirect(homeOf(people.staff.role))
  const choices = people.subscribers.map(({ id, name, accountId: account, carrierName: carrier }) => ({
    value: id,
    label: name ?? t('signIn.whose.unnamed', { account }),
    hint: t('signIn.whose.account', { carrier, account }),
  }))
  const title = choices.length === 0 ? t('signIn.whose.noneTitle') : t('signIn.whose.title')
  if (choices.length === 0)
    return (
      <Page title={title} errorPrefix={t('shell.errorPrefix')}>
        <div className="grid gap-2">
          <h1>{title}</h1>
          <p>{t('signIn.whose.noneText')}</p>
        </div>
      </Page>
    )
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <Form action="/sign-in/whose/choose" token={visit.formToken} hidden={{ next: localPath(query.one('next'), '') }}>
        <Choices
          kind="radio"
          name="person"
          asHeading
          legend={title}
          hint={t('signIn.whose.hint')}
          error={errorFor(form.errors, 'person')}
          choices={choices}
          chosen={[session?.subscriberId ?? '']}
        />
        <div>
          <Button>{t('signIn.whose.go')}</Button>
        </div>
      </Form>
    </Page>
  )
})
