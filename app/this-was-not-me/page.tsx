import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import { Button, LinkButton } from '@/app/_ui/button'
import { Form } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { Refusal } from '@/domain/errors'
import { readFreezeToken } from '@/domain/identity/freeze-token'

/** Opening it freezes nothing: programs that look at links would freeze what nobody wanted frozen. */
export default page('/this-was-not-me', (visit, { query }) => {
  const { t } = visit
  const token = query.one('token') ?? ''
  const done = query.one('done') === '1'
  const known = done || isOurs(token)
  const title = t(done ? 'identity.freeze.doneTitle' : known ? 'identity.freeze.title' : 'identity.freeze.bad.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')}>
      <Part>
        <h1>{title}</h1>
        {done ? (
          <>
            <Notice standing="ok" title={t('identity.freeze.done')} />
            <p>{t('identity.freeze.next')}</p>
          </>
        ) : (
          <p>{t(known ? 'identity.freeze.text' : 'identity.freeze.bad.text')}</p>
        )}
        {known && !done ? <p>{t('identity.freeze.safe')}</p> : null}
      </Part>
      {done ? null : known ? (
        <Form action="/this-was-not-me/freeze" token={visit.formToken} hidden={{ link: token }}>
          <div>
            <Button look="stern">{t('identity.freeze.go')}</Button>
          </div>
        </Form>
      ) : (
        <div>
          <LinkButton href="/account/security">{t('identity.freeze.security')}</LinkButton>
        </div>
      )}
    </Page>
  )
})

function isOurs(token: string): boolean {
  try {
    readFreezeToken(outside().secrets, token)
    return true
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}
