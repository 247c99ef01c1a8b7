import { currentVisit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Page, Part } from '@/app/_ui/page'

export default async function NotFound() {
  const { t, language } = await currentVisit()
  return (
    <Page title={t('shell.notFound.title')} errorPrefix={t('shell.errorPrefix')}>
      <Part>
        <h1>{t('shell.notFound.title')}</h1>
        <p>{t('shell.notFound.text')}</p>
        <div>
          <LinkButton href={`/${language}`}>{t('shell.notFound.home')}</LinkButton>
        </div>
      </Part>
    </Page>
  )
}
