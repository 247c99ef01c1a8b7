import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { ErrorSummary, Form } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { languageOf } from '@/app/(status)/[language]/subscribe/subscribe-words'

/** Mail programs open links by themselves: only the button confirms. */
export default page('/[language]/subscribe/confirm', async (visit, { params, query }) => {
  const { t } = visit
  const language = languageOf(params)
  const form = await formState(visit, query.one('form'), 'subscribe.errors')
  const title = t('subscribe.confirm.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="grid gap-2">
        <h1>{title}</h1>
        <p>{t('subscribe.confirm.text')}</p>
      </div>
      <Form
        action={`/${language}/subscribe/confirm/use`}
        token={visit.formToken}
        hidden={{ link: query.one('token') ?? form.value('link') ?? '' }}
      >
        <div>
          <Button>{t('subscribe.confirm.go')}</Button>
        </div>
      </Form>
      <Quiet>{t('subscribe.confirm.notYou')}</Quiet>
      <p>
        <a className="inline-flex min-h-11 items-center" href={`/${language}/subscribe`}>
          {t('subscribe.preferences.again')}
        </a>
      </p>
    </Page>
  )
})
