import { deviceOptions } from '@/app/_shell/device-options'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { ErrorSummary, errorFor, Form, TextField } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { Ceremony } from '@/app/sign-in/ceremony'
import { ceremonyWords } from '@/app/sign-in/ceremony-words'
import { NoScript } from '@/app/sign-in/no-script'
import { readInvitation } from '@/domain/identity/read-invitation'

/** Where an invitation leads: first a challenge is made, then the device is asked for a key. Opening it uses nothing up. */
export default page('/sign-in/invitation', async (visit, { query }) => {
  const { t } = visit
  const form = await formState(visit, query.one('form'), 'passkeys.errors')
  const token = query.one('token') ?? ''
  const invitation = await readInvitation(token)
  const asked = await deviceOptions(query, ['enrol'])
  const title = invitation === null ? t('passkeys.invitation.overTitle') : t('passkeys.invitation.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="grid gap-2">
        <h1>{title}</h1>
        <p>
          {invitation === null
            ? t('passkeys.invitation.over')
            : t('passkeys.invitation.text', {
                name: invitation.staff.name,
                role: t(`signIn.roles.${invitation.staff.role}`),
              })}
        </p>
      </div>
      {invitation === null ? null : asked === null ? (
        <Form action="/sign-in/invitation/begin" token={visit.formToken} hidden={{ invitation: token }}>
          <div>
            <Button>{t('passkeys.invitation.begin')}</Button>
          </div>
        </Form>
      ) : (
        <>
          <NoScript visit={visit} />
          <Form action="/sign-in/invitation/use" token={visit.formToken} hidden={{ invitation: token }}>
            <TextField
              name="name"
              narrow
              label={t('passkeys.name')}
              hint={t('passkeys.nameHint')}
              error={errorFor(form.errors, 'name')}
              value={form.value('name') ?? t('passkeys.firstName')}
            />
            <Ceremony kind="create" options={asked.options} words={ceremonyWords(t)} />
            <div>
              <Button>{t('passkeys.create')}</Button>
            </div>
          </Form>
        </>
      )}
      {invitation === null ? null : <Quiet>{t('passkeys.invitation.notYou')}</Quiet>}
    </Page>
  )
})
