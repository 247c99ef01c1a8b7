import { type FormState, formState } from '@/app/_shell/form-state'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Facts, Quiet } from '@/app/_ui/card'
import { ErrorSummary, Form } from '@/app/_ui/form'
import type { Standing } from '@/app/_ui/icon'
import { Page, Part } from '@/app/_ui/page'
import { Notice, StandingTag } from '@/app/_ui/standing'
import { BadLink, orNull } from '@/app/(status)/[language]/subscribe/bad-link'
import { WebhookPart } from '@/app/(status)/[language]/subscribe/preferences/webhook-part'
import { languageOf } from '@/app/(status)/[language]/subscribe/subscribe-words'
import { WishFields } from '@/app/(status)/[language]/subscribe/wish-fields'
import { listTopics } from '@/domain/notification/list-topics'
import { type Preferences, readPreferences } from '@/domain/notification/read-preferences'
import type { Language } from '@/messages/language'

type Subscription = Extract<Preferences, { kind: 'subscription' }>
type Announcements = Extract<Preferences, { kind: 'subscriber' }>

const standings: Record<Subscription['status'], Standing> = {
  unconfirmed: 'wait',
  active: 'ok',
  disabled: 'bad',
  ended: 'gone',
}

const done = ['confirmed', 'saved', 'ended', 'resumed'] as const

/** What somebody hears of, for whoever holds their link: no session, no password. */
export default page('/[language]/subscribe/preferences', async (visit, { params, query }) => {
  const { t } = visit
  const language = languageOf(params)
  const token = query.one('token') ?? ''
  const preferences = await orNull(readPreferences(outside().secrets, token))
  if (preferences === null) return <BadLink visit={visit} />
  const form = await formState(visit, query.one('form'), 'subscribe.errors')
  const replayed = /^\d{1,9}$/.exec(query.one('replayed') ?? '')?.[0]
  const said = done.find(one => one === query.one('done'))
  const title = t('subscribe.preferences.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      {said === undefined || form.returned ? null : <Notice standing="ok" title={t(`subscribe.preferences.${said}`)} />}
      {replayed === undefined || form.returned ? null : (
        <Notice standing="busy" title={t('subscribe.admin.replayed', { count: Number(replayed) })} />
      )}
      <h1>{title}</h1>
      {preferences.kind === 'subscription' ? (
        <SubscriptionPart visit={visit} form={form} preferences={preferences} token={token} language={language} />
      ) : (
        <AnnouncementsPart visit={visit} preferences={preferences} token={token} language={language} />
      )}
      {preferences.kind === 'subscription' && preferences.status === 'ended' ? null : (
        <Quiet>{t('subscribe.preferences.keep')}</Quiet>
      )}
    </Page>
  )
})

interface Props {
  visit: Visit
  token: string
  language: Language
}

async function SubscriptionPart({
  visit,
  form,
  preferences,
  token,
  language,
}: Props & { form: FormState; preferences: Subscription }) {
  const { t, formToken } = visit
  const { status, address } = preferences
  const topics = await listTopics(language, preferences.topics)
  const state = <StandingTag standing={standings[status]}>{t(`subscribe.preferences.states.${status}`)}</StandingTag>
  return (
    <>
      <Card className="py-1!">
        <Facts
          rows={[
            {
              term: t('subscribe.preferences.address'),
              value: <span className="[overflow-wrap:anywhere]">{address}</span>,
            },
            { term: t('subscribe.preferences.state'), value: state },
          ]}
        />
      </Card>
      {status === 'ended' ? (
        <p>
          <a
            className="inline-flex min-h-11 items-center"
            href={`/${language}/subscribe?channel=${preferences.channel}`}
          >
            {t('subscribe.preferences.again')}
          </a>
        </p>
      ) : (
        <>
          {preferences.webhook ? (
            <WebhookPart
              visit={visit}
              form={form}
              webhook={preferences.webhook}
              status={status}
              token={token}
              language={language}
            />
          ) : null}
          <Form action={`/${language}/subscribe/preferences/save`} token={formToken} hidden={{ link: token }}>
            <WishFields visit={visit} form={form} topics={topics} chosen={preferences} />
            <div>
              <Button>{t('subscribe.preferences.save')}</Button>
            </div>
          </Form>
          <EndPart visit={visit} token={token} language={language} />
        </>
      )}
    </>
  )
}

function EndPart({ visit: { t, formToken }, token, language }: Props) {
  return (
    <Part>
      <p>{t('subscribe.preferences.endText')}</p>
      <Form action={`/${language}/subscribe/end`} token={formToken} hidden={{ link: token }}>
        <div>
          <Button look="plain">{t('subscribe.preferences.end')}</Button>
        </div>
      </Form>
    </Part>
  )
}

function AnnouncementsPart({ visit, preferences, token, language }: Props & { preferences: Announcements }) {
  const { t, formToken } = visit
  const { carriers, address } = preferences
  return (
    <Part>
      {carriers.map(({ name, announced }) => (
        <div key={name} className="grid gap-2">
          <h2>{t('subscribe.preferences.announcements', { carrier: name })}</h2>
          <p>
            <StandingTag standing={announced ? 'ok' : 'gone'}>
              {t(announced ? 'subscribe.preferences.announcementsOn' : 'subscribe.preferences.announcementsOff')}
            </StandingTag>
          </p>
        </div>
      ))}
      <p>{t('subscribe.preferences.announcementsText')}</p>
      <Quiet>
        <span className="block">{t('subscribe.preferences.address')}</span>
        <span className="[overflow-wrap:anywhere]">{address}</span>
      </Quiet>
      {carriers.some(({ announced }) => announced) ? (
        <EndPart visit={visit} token={token} language={language} />
      ) : (
        <Form action={`/${language}/subscribe/start`} token={formToken} hidden={{ link: token }}>
          <div>
            <Button>{t('subscribe.preferences.start')}</Button>
          </div>
        </Form>
      )}
    </Part>
  )
}
