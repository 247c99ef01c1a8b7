import { redirect } from 'next/navigation'
import { type FormState, formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button, LinkButton } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { ErrorSummary, errorFor, Form, TextField } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { languageOf } from '@/app/(status)/[language]/subscribe/subscribe-words'
import type { Language } from '@/messages/language'

/** What happens next: a mail to answer, a code to enter, or a secret to keep. */
export default page('/[language]/subscribe/sent', async (visit, { params, query }) => {
  const { t } = visit
  const language = languageOf(params)
  const form = await formState(visit, query.one('form'), 'subscribe.errors')
  const channel = form.value('channel')
  const address = form.value('address') ?? ''
  if (channel !== 'mail' && channel !== 'sms' && channel !== 'webhook') redirect(`/${language}/subscribe`)
  const title = t(`subscribe.sent.${channel}`)
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="grid gap-2 [&>*]:min-w-0 [overflow-wrap:anywhere]">
        <h1>{title}</h1>
        <p>{t(`subscribe.sent.${channel}Text`, { address })}</p>
      </div>
      {channel === 'sms' ? <CodeForm visit={visit} form={form} language={language} address={address} /> : null}
      {channel === 'webhook' ? <Secret visit={visit} form={form} language={language} /> : null}
      {channel === 'mail' ? <Quiet>{t('subscribe.sent.nothing')}</Quiet> : null}
      <p>
        <a className="inline-flex min-h-11 items-center" href={`/${language}/subscribe?channel=${channel}`}>
          {t('subscribe.sent.again')}
        </a>
      </p>
    </Page>
  )
})

interface PartProps {
  visit: Visit
  form: FormState
  language: Language
}

function CodeForm({ visit: { t, formToken }, form, language, address }: PartProps & { address: string }) {
  return (
    <Form action={`/${language}/subscribe/code`} token={formToken} hidden={{ address, channel: 'sms' }}>
      <TextField
        name="code"
        narrow
        autoComplete="one-time-code"
        label={t('subscribe.sent.code')}
        error={errorFor(form.errors, 'code')}
        value={form.value('code')}
      />
      <div>
        <Button>{t('subscribe.sent.useCode')}</Button>
      </div>
    </Form>
  )
}

function Secret({ visit: { t }, form, language }: PartProps) {
  return (
    <div className="grid gap-4 [&>*]:min-w-0">
      <div className="rounded-card border border-line bg-card p-4">
        <p className="font-semibold">{t('subscribe.sent.secret')}</p>
        <p>
          <code className="[overflow-wrap:anywhere]">{form.value('secret')}</code>
        </p>
      </div>
      <p>{t('subscribe.sent.challenge')}</p>
      <p>{t('subscribe.sent.link')}</p>
      <div>
        <LinkButton look="plain" href={`/${language}/subscribe/preferences?token=${form.value('token') ?? ''}`}>
          {t('subscribe.sent.open')}
        </LinkButton>
      </div>
    </div>
  )
}
