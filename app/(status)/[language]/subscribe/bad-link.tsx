import { setStatus } from '@/app/_shell/answer-status'
import type { Visit } from '@/app/_shell/visit'
import { LinkButton } from '@/app/_ui/button'
import { Page } from '@/app/_ui/page'
import { Refusal } from '@/domain/errors'

/** A link that was cut off, used up or made up: it changes nothing and says so. */
export function BadLink({ visit: { t, language } }: { visit: Visit }) {
  setStatus(404)
  return (
    <Page title={t('subscribe.badLink.title')} errorPrefix={t('shell.errorPrefix')}>
      <div className="grid gap-2">
        <h1>{t('subscribe.badLink.title')}</h1>
        <p>{t('subscribe.badLink.text')}</p>
      </div>
      <div>
        <LinkButton href={`/${language}/subscribe`}>{t('subscribe.preferences.again')}</LinkButton>
      </div>
    </Page>
  )
}

/** What a token leads to, or null for one that is not ours. */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (error instanceof Refusal && error.kind === 'not-found') return null
    throw error
  }
}
