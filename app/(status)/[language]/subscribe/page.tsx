import { channels } from '@/app/_shell/channels'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ErrorSummary, errorFor, Form, TextField } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { PushButton } from '@/app/(status)/[language]/subscribe/push-button'
import { type Askable, askable, languageOf } from '@/app/(status)/[language]/subscribe/subscribe-words'
import { WishFields } from '@/app/(status)/[language]/subscribe/wish-fields'
import { listTopics } from '@/domain/notification/list-topics'

/** How somebody wants to hear of incidents, and of which. */
export default page('/[language]/subscribe', async (visit, { params, query }) => {
  const { t } = visit
  const language = languageOf(params)
  const form = await formState(visit, query.one('form'), 'subscribe.errors')
  const offered = askable.filter(one => (one !== 'sms' && one !== 'push') || channels()[one] !== null)
  const asked = form.value('channel') ?? query.one('channel')
  const channel = offered.find(one => one === asked) ?? 'mail'
  const wished = query.all('topic')
  const topics = await listTopics(language, wished)
  return (
    <Page
      title={t('subscribe.title')}
      errorPrefix={t('shell.errorPrefix')}
      failed={form.errors.length > 0}
      back={{ href: `/${language}`, label: t('shell.back') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="grid gap-2">
        <h1>{t('subscribe.title')}</h1>
        <p>{t('subscribe.lead')}</p>
      </div>
      <nav aria-label={t('subscribe.channel')}>
        <ul className="flex flex-wrap gap-3">
          {offered.map(one => (
            <li key={one}>
              <a
                href={`/${language}/subscribe?channel=${one}`}
                aria-current={one === channel ? 'page' : undefined}
                className={`inline-flex min-h-11 items-center rounded-full px-4 no-underline ring-inset hover:underline ${one === channel ? 'bg-accent-tint font-semibold text-ink ring-2 ring-accent' : 'text-ink ring-1 ring-line-strong'}`}
              >
                {t(`subscribe.channels.${one}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Form action={`/${language}/subscribe/ask`} token={visit.formToken} hidden={{ channel }}>
        {channel === 'push' ? null : <AddressField visit={visit} channel={channel} form={form} />}
        <WishFields
          visit={visit}
          form={form}
          topics={topics}
          chosen={{ language, everything: wished.length === 0, topics: wished }}
        />
        {channel === 'push' ? <PushPart visit={visit} /> : <AskButton visit={visit} channel={channel} />}
      </Form>
      <Card>
        <Part>
          <h2>{t('subscribe.feeds')}</h2>
          <p>
            {t('subscribe.feedsText')}{' '}
            <a
              className="inline-flex min-h-11 min-w-11 items-center"
              href={language === 'en' ? '/history.atom' : '/fr/history.atom'}
            >
              Atom
            </a>{' '}
            <a
              className="inline-flex min-h-11 min-w-11 items-center"
              href={language === 'en' ? '/history.rss' : '/fr/history.rss'}
            >
              RSS
            </a>
          </p>
        </Part>
      </Card>
    </Page>
  )
})

type WithAddress = Exclude<Askable, 'push'>

function AddressField({
  visit: { t },
  channel,
  form,
}: {
  visit: Visit
  channel: WithAddress
  form: Awaited<ReturnType<typeof formState>>
}) {
  const fields = {
    mail: { type: 'email', autoComplete: 'email', label: t('subscribe.mail'), hint: t('subscribe.mailHint') },
    sms: { type: 'text', autoComplete: 'tel', label: t('subscribe.phone'), hint: t('subscribe.phoneHint') },
    webhook: { type: 'url', autoComplete: 'off', label: t('subscribe.webhook'), hint: t('subscribe.webhookHint') },
  } as const
  return (
    <TextField
      name="address"
      narrow
      {...fields[channel]}
      error={errorFor(form.errors, 'address')}
      value={form.value('address')}
    />
  )
}

function AskButton({ visit: { t }, channel }: { visit: Visit; channel: WithAddress }) {
  const labels = {
    mail: t('subscribe.askMail'),
    sms: t('subscribe.askSms'),
    webhook: t('subscribe.askWebhook'),
  } as const
  return (
    <div>
      <Button>{labels[channel]}</Button>
    </div>
  )
}

function PushPart({ visit: { t } }: { visit: Visit }) {
  const words = { go: t('subscribe.pushGo'), not: t('subscribe.pushNot'), refused: t('subscribe.pushRefused') }
  return (
    <Part>
      <p>{t('subscribe.pushText')}</p>
      <PushButton
        publicKey={channels().push?.publicKey ?? ''}
        words={words}
        className="inline-flex min-h-12 items-center justify-center rounded-control bg-accent px-6 py-2 font-semibold text-[1.125rem] text-accent-ink hover:bg-accent-deep"
      />
    </Part>
  )
}
