import { document } from '@/messages/status-page/layout'
import type { Speaker } from '@/messages/status-page/speaker'

const questions = ['missing', 'lost', 'mailbox', 'safe', 'old'] as const

export function helpPage(speaker: Speaker): string {
  const { t } = speaker
  return document({
    speaker,
    path: '/help',
    title: t('statusPage.help.title'),
    children: (
      <>
        <h1>{t('statusPage.help.title')}</h1>
        {questions.map(name => (
          <section key={name} id={name} className="s">
            <h2>{t(`statusPage.help.${name}`)}</h2>
            <p>{t(`statusPage.help.${name}Text`)}</p>
          </section>
        ))}
      </>
    ),
  })
}

export function accessibilityPage(speaker: Speaker): string {
  const { t } = speaker
  return document({
    speaker,
    path: '/accessibility',
    title: t('statusPage.accessibility.title'),
    children: (
      <section className="s">
        <h1>{t('statusPage.accessibility.title')}</h1>
        <p>{t('statusPage.accessibility.text')}</p>
        <p>{t('statusPage.accessibility.tell')}</p>
      </section>
    ),
  })
}

export function notFoundPage(speaker: Speaker): string {
  const { t, language } = speaker
  return document({
    speaker,
    path: '/404',
    title: t('statusPage.notFound.title'),
    children: (
      <section className="s">
        <h1>{t('statusPage.notFound.title')}</h1>
        <p>{t('statusPage.notFound.text')}</p>
        <p>
          <a className="button" href={`/${language}`}>
            {t('statusPage.notFound.go')}
          </a>
        </p>
      </section>
    ),
  })
}
