import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { Button } from '@/app/_ui/button'
import { Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'

/** Opening the link does nothing yet: programs that look into mail open every link in it, and a link works once. */
export default page('/sign-in/link', (visit, { query }) => {
  const { t } = visit
  const hidden = { linkToken: query.one('token') ?? '', next: localPath(query.one('next'), '') }
  return (
    <Page title={t('signIn.link.title')} errorPrefix={t('shell.errorPrefix')}>
      <div className="grid gap-2">
        <h1>{t('signIn.link.title')}</h1>
        <p>{t('signIn.link.text')}</p>
      </div>
      <Form action="/sign-in/link/use" token={visit.formToken} hidden={hidden}>
        <div>
          <Button>{t('signIn.link.confirm')}</Button>
        </div>
      </Form>
      <Quiet>{t('signIn.link.notYou')}</Quiet>
    </Page>
  )
})
