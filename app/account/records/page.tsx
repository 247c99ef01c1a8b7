import { redirect } from 'next/navigation'
import { page } from '@/app/_shell/page'
import { Page, Part } from '@/app/_ui/page'
import { readOverview } from '@/domain/record/read-overview'

/** Leads to the first kind of record there is anything of. */
export default page('/account/records', async ({ t, actor }) => {
  const first = (await readOverview(actor)).find(({ newest }) => newest !== null && newest.found > 0)
  if (first?.newest) redirect(`/account/records/${first.newest.id}`)
  const title = t('account.home.title.nothing')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')} back={{ href: '/account', label: t('shell.nav.home') }}>
      <Part>
        <h1>{title}</h1>
        <p>{t('account.home.leadNothing')}</p>
      </Part>
    </Page>
  )
})
