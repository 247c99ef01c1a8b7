import { redirect } from 'next/navigation'
import { deviceOptions } from '@/app/_shell/device-options'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Form } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { Ceremony } from '@/app/sign-in/ceremony'
import { ceremonyWords } from '@/app/sign-in/ceremony-words'
import { NoScript } from '@/app/sign-in/no-script'

/** Asks the device for a passkey: to sign in, or to prove again who is here. */
export default page('/sign-in/passkey', async (visit, { query }) => {
  const { t } = visit
  const asked = await deviceOptions(query, ['sign-in', 'prove'])
  if (asked === null) redirect('/sign-in')
  const { options, purpose } = asked
  const proves = purpose === 'prove'
  const hidden = { purpose, next: localPath(asked.next, '') }
  const title = proves ? t('passkeys.prove.title') : t('passkeys.signIn.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')}>
      <div className="grid gap-2">
        <h1>{title}</h1>
        <p>{t('passkeys.device.text')}</p>
      </div>
      <NoScript visit={visit} />
      <Form action="/sign-in/passkey/use" token={visit.formToken} hidden={hidden}>
        <Ceremony kind="get" options={options} words={ceremonyWords(t)} auto />
        <div>
          <Button>{t('passkeys.device.ask')}</Button>
        </div>
      </Form>
    </Page>
  )
})
