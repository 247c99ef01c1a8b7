import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { ErrorSummary } from '@/app/_ui/form'
import { Page } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { PasskeyList } from '@/app/security/passkey-list'
import { SessionList } from '@/app/security/session-list'

const did = ['added', 'renamed', 'revoked', 'ended'] as const

/** One's own passkeys, and where one is signed in. */
export default page('/security', async (visit, { query }) => {
  const { t } = visit
  const form = await formState(visit, query.one('form'), 'passkeys.errors')
  const done = did.find(one => one === query.one('done'))
  return (
    <Page title={t('passkeys.title')} errorPrefix={t('shell.errorPrefix')} failed={form.errors.length > 0}>
      <ErrorSummary heading={t('shell.problem')} errors={form.errors} />
      <div className="grid gap-2">
        <h1>{t('passkeys.title')}</h1>
        <p>{t('passkeys.lead')}</p>
      </div>
      {form.returned || done === undefined ? null : <Notice standing="ok" title={t(`passkeys.done.${done}`)} />}
      <PasskeyList visit={visit} />
      <SessionList visit={visit} />
    </Page>
  )
})
