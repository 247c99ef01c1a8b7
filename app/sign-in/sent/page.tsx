import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { localPath } from '@/app/_shell/origin'
import { page } from '@/app/_shell/page'
import { Quiet } from '@/app/_ui/card'
import { Page } from '@/app/_ui/page'
import { DemonstrationLink } from '@/app/sign-in/demonstration-link'

export default page('/sign-in/sent', async (visit, { query }) => {
  const { t } = visit
  const form = await formState(visit, query.one('form'))
  const email = form.value('email')
  if (email === undefined) redirect('/sign-in')
  const next = localPath(form.value('next'), '')
  return (
    <Page title={t('signIn.sent.title')} errorPrefix={t('shell.errorPrefix')}>
      <div className="grid gap-2 [&>*]:min-w-0">
        <h1>{t('signIn.sent.title')}</h1>
        <p>{t('signIn.sent.text', { email })}</p>
      </div>
      {visit.demonstration ? <DemonstrationLink visit={visit} email={email} /> : null}
      <Quiet>{t('signIn.sent.nothing')}</Quiet>
      <p>
        <a className="inline-flex min-h-11 items-center" href={`/sign-in?next=${encodeURIComponent(next)}`}>
          {t('signIn.sent.again')}
        </a>
      </p>
    </Page>
  )
})
