import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { provePath } from '@/app/_shell/prove-path'
import type { Visit } from '@/app/_shell/visit'
import { waitPath } from '@/app/_shell/wait-path'
import { Button, LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ErrorSummary, Form } from '@/app/_ui/form'
import { Page, Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { holdWords } from '@/app/account/security/hold-words'
import { type ContentStanding, contentStanding } from '@/domain/content-right'

/** Why recovered content is not shown here yet, when it will be, and what needs no wait. */
export default page('/account/records/wait', async (visit, { query }) => {
  const { t, actor } = visit
  const next = localPath(query.one('next'), '/account/records')
  const form = await formState(visit, query.one('form'), 'identity.errors')
  const standing = await contentStanding(actor)
  if (standing.kind === 'needs-proof') redirect(provePath(actor, waitPath(next)))
  const title = t('identity.content.title')
  const restores = standing.kind !== 'held' || standing.hold.kind === 'changed'
  return (
    <Page
      title={title}
      errorPrefix={t('shell.errorPrefix')}
      failed={form.errors.length > 0}
      back={{ href: '/account', label: t('shell.nav.home') }}
    >
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <Part>
        <h1>{title}</h1>
        {standing.kind === 'open' ? null : <p>{t('identity.content.why')}</p>}
      </Part>
      <Standing visit={visit} standing={standing} next={next} />
      {standing.kind === 'open' || !restores ? null : (
        <Card>
          <Part>
            <h2>{t('identity.content.restoreTitle')}</h2>
            <p>{t('identity.content.restoreText')}</p>
            <div>
              <LinkButton href="/account/restore">{t('identity.content.restore')}</LinkButton>
            </div>
          </Part>
        </Card>
      )}
      {standing.kind === 'waits' || standing.kind === 'not-asked' ? <ByPasskey visit={visit} next={next} /> : null}
    </Page>
  )
})

function Standing({ visit, standing, next }: { visit: Visit; standing: ContentStanding; next: string }) {
  const { t, dates, formToken } = visit
  switch (standing.kind) {
    case 'open':
      return (
        <Notice standing="ok" title={t('identity.content.openTitle')}>
          <div>
            <LinkButton href={next}>{t('identity.content.open')}</LinkButton>
          </div>
        </Notice>
      )
    case 'held':
      return (
        <Notice standing="you" title={t('identity.page.holdsTitle')}>
          <p>{holdWords(visit, standing.hold)}</p>
        </Notice>
      )
    case 'waits':
      return (
        <Notice standing="wait" title={t('identity.content.waitsTitle', { moment: dates.moment(standing.until) })}>
          <p>{t('identity.content.waitsText')}</p>
          <p>
            <a className="inline-flex min-h-11 items-center" href="/account/security">
              {t('identity.content.stop')}
            </a>
          </p>
        </Notice>
      )
    default:
      return (
        <Part>
          <h2>{t('identity.content.askTitle')}</h2>
          <p>{t('identity.content.askText')}</p>
          <Form action="/account/records/wait/ask" token={formToken} hidden={{ next }}>
            <div>
              <Button>{t('identity.content.ask')}</Button>
            </div>
          </Form>
        </Part>
      )
  }
}

function ByPasskey({ visit: { t, actor }, next }: { visit: Visit; next: string }) {
  return (
    <Part>
      <h2>{t('identity.content.passkeyTitle')}</h2>
      <p>{t('identity.content.passkeyText')}</p>
      <div>
        <LinkButton look="plain" href={provePath(actor, next)}>
          {t('passkeys.prove.begin')}
        </LinkButton>
      </div>
    </Part>
  )
}
