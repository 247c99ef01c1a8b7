import { notFound } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { ErrorSummary, errorFor, Form, TextField } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { ProofNeeded } from '@/app/account/proof-needed'
import { listAccounts } from '@/domain/restore/list-accounts'

export default page('/account/devices/[id]/password', async (visit, { params, query }) => {
  const { t } = visit
  const account = (await listAccounts(visit.actor)).find(one => one.id === params.id)
  if (account === undefined || account.kind !== 'dav') notFound()
  const next = localPath(query.one('next'), '')
  const form = await formState(visit, query.one('form'), 'devices.errors')
  const { id, label, username } = account
  const title = t('devices.renew.title', { label })
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
        <p>{t('devices.renew.lead')}</p>
      </Part>
      <ProofNeeded visit={visit} />
      <Form action={`/account/devices/${id}/password/save`} token={visit.formToken} hidden={{ next }}>
        <TextField
          name="password"
          type="password"
          autoComplete="off"
          narrow
          label={username === null ? t('devices.renew.passwordPlain') : t('devices.renew.password', { username })}
          hint={t('devices.new.passwordHint')}
          error={errorFor(form.errors, 'password')}
        />
        <div>
          <Button>{t('devices.renew.save')}</Button>
        </div>
      </Form>
    </Page>
  )
})
