import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Form } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { BadLink, orNull } from '@/app/(status)/[language]/subscribe/bad-link'
import { languageOf } from '@/app/(status)/[language]/subscribe/subscribe-words'
import { readPreferences } from '@/domain/notification/read-preferences'

/** Opening it ends nothing: programs that look at links would end what nobody wanted ended. */
export default page('/[language]/unsubscribe', async (visit, { params, query }) => {
  const { t } = visit
  const language = languageOf(params)
  const token = query.one('token') ?? ''
  const preferences = await orNull(readPreferences(outside().secrets, token))
  if (preferences === null) return <BadLink visit={visit} />
  const title = t('subscribe.unsubscribe.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')}>
      <div className="grid gap-2 [overflow-wrap:anywhere]">
        <h1>{title}</h1>
        <p>{preferences.address}</p>
        <p>{t('subscribe.unsubscribe.text')}</p>
      </div>
      <Form action={`/${language}/subscribe/end`} token={visit.formToken} hidden={{ link: token }}>
        <Acts>
          <Button>{t('subscribe.unsubscribe.go')}</Button>
          <a
            className="inline-flex min-h-11 items-center"
            href={`/${language}/subscribe/preferences?token=${encodeURIComponent(token)}`}
          >
            {t('subscribe.unsubscribe.stay')}
          </a>
        </Acts>
      </Form>
    </Page>
  )
})
