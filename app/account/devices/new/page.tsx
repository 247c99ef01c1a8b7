import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { ErrorSummary, errorFor, Form, TextField } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { ProofNeeded } from '@/app/account/proof-needed'

export default page('/account/devices/new', async (visit, { query }) => {
  const { t } = visit
  const next = localPath(query.one('next'), '')
  const form = await formState(visit, query.one('form'), 'devices.errors')
  const field = (name: string) => ({ name, error: errorFor(form.errors, name), value: form.value(name) })
  const title = t('devices.new.title')
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={form.errors.length > 0}
      back={{ href: next || '/account/devices', label: t('shell.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <Part>
        <h1>{title}</h1>
        <p>{t('devices.new.lead')}</p>
      </Part>
      <ProofNeeded visit={visit} />
      <Form action="/account/devices/new/add" token={visit.formToken} hidden={{ next }}>
        <TextField {...field('url')} type="url" label={t('devices.new.url')} hint={t('devices.new.urlHint')} />
        <TextField {...field('username')} narrow autoComplete="off" label={t('devices.new.username')} />
        <TextField
          name="password"
          error={errorFor(form.errors, 'password')}
          narrow
          type="password"
          autoComplete="off"
          label={t('devices.new.password')}
          hint={t('devices.new.passwordHint')}
        />
        <TextField
          {...field('filesUrl')}
          type="url"
          label={t('devices.new.filesUrl')}
          hint={t('devices.new.filesUrlHint')}
        />
        <TextField {...field('label')} narrow label={t('devices.new.label')} hint={t('devices.new.labelHint')} />
        <div>
          <Button>{t('devices.new.add')}</Button>
        </div>
      </Form>
    </Page>
  )
})
