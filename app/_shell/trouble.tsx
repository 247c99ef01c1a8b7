import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Page, Part } from '@/app/_ui/page'

type Speaker = Pick<Visit, 't' | 'language'>

/** Nothing is there, or nothing of the visitor's: the two read the same. */
export function NotThere({ visit: { t, language } }: { visit: Speaker }) {
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

/** A fault of ours. What is public stays up whatever else is down. */
export function Failed({ visit: { t, path, language } }: { visit: Pick<Visit, 't' | 'path' | 'language'> }) {
  return (
    <Page title={t('shell.failure.title')} errorPrefix={t('shell.errorPrefix')}>
      <Part>
        <h1>{t('shell.failure.title')}</h1>
        <p>{t('shell.failure.text')}</p>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <LinkButton href={path}>{t('shell.failure.again')}</LinkButton>
          <a className="inline-flex min-h-11 items-center" href={`/${language}`}>
            {t('shell.failure.status')}
          </a>
        </div>
      </Part>
    </Page>
  )
}
