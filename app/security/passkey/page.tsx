import { redirect } from 'next/navigation'
import { deviceOptions } from '@/app/_shell/device-options'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { ErrorSummary, errorFor, Form, TextField } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { Ceremony } from '@/app/sign-in/ceremony'
import { ceremonyWords } from '@/app/sign-in/ceremony-words'
import { NoScript } from '@/app/sign-in/no-script'

/** Asks the device for one more passkey. */
export default page('/security/passkey', async (visit, { query }) => {
  const { t } = visit
  const form = await formState(visit, query.one('form'), 'passkeys.errors')
  const asked = await deviceOptions(query, ['enrol'])
  if (asked === null) redirect('/security')
  const title = t('passkeys.add')
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={form.errors.length > 0}
      back={{ href: '/security', label: t('passkeys.title') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <h1>{title}</h1>
      <NoScript visit={visit} />
      <Form action="/security/passkey/add" token={visit.formToken}>
        <TextField
          name="name"
          narrow
          label={t('passkeys.name')}
          hint={t('passkeys.nameHint')}
          error={errorFor(form.errors, 'name')}
          value={form.value('name')}
        />
        <Ceremony kind="create" options={asked.options} words={ceremonyWords(t)} />
        <div>
          <Button>{t('passkeys.create')}</Button>
        </div>
      </Form>
    </Page>
  )
})
