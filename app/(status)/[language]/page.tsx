import { notFound } from 'next/navigation'
import { page } from '@/app/_shell/page'
import { LinkButton } from '@/app/_ui/button'
import { Page } from '@/app/_ui/page'
import { isLanguage } from '@/messages/language'

export default page('/[language]', async (visit, { params }) => {
  if (!isLanguage(params.language)) notFound()
  return (
    <Page title="x" errorPrefix="" width="page">
      <h1>Homeward</h1>
      <LinkButton href="/sign-in">{visit.t('shell.nav.signIn')}</LinkButton>
    </Page>
  )
})
