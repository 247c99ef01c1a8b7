import { addressOf, isOpen, portalAddress } from '@/messages/status-page/addresses'
import { document, feedOf } from '@/messages/status-page/layout'
import { MarkIcon, phaseMarks, standingMarks, Tag } from '@/messages/status-page/marks'
import type { Speaker } from '@/messages/status-page/speaker'
import type { StatusView } from '@/messages/status-page/view'

export function feedsPage(speaker: Speaker): string {
  const { t, language, publicUrl } = speaker
  const feeds = [
    ['atom', feedOf(language, 'atom')],
    ['rss', feedOf(language, 'rss')],
    ['json', '/api/v2/summary.json'],
    ['cap', '/cap/index.atom'],
  ] as const
  const word = t('statusPage.badge.label')
  const badge = `<a href="${publicUrl}/${language}"><img src="${publicUrl}/${language}/badge.svg" alt="Homeward: ${word}" height="20"></a>`
  const embed = `<iframe src="${publicUrl}/${language}/embed" title="Homeward: ${word}" width="100%" height="160" loading="lazy"></iframe>`
  return document({
    speaker,
    path: '/feeds',
    title: t('statusPage.feeds.title'),
    children: (
      <>
        <section className="s">
          <h1>{t('statusPage.feeds.title')}</h1>
          <p>{t('statusPage.feeds.lead')}</p>
        </section>
        <section className="s">
          <h2>{t('statusPage.feeds.feedsHeading')}</h2>
          <ul className="plain">
            {feeds.map(([name, path]) => (
              <li key={name}>
                <a className="tap" href={path}>
                  {t(`statusPage.feeds.${name}`)}
                </a>
              </li>
            ))}
            <li>
              <a className="tap" href={portalAddress(speaker, `/${language}/subscribe`)}>
                {t('statusPage.feeds.subscribe')}
              </a>
            </li>
          </ul>
        </section>
        <section className="s">
          <h2>{t('statusPage.feeds.badgeHeading')}</h2>
          <p>
            <img src={`/${language}/badge.svg`} alt={`Homeward: ${word}`} height={20} />
          </p>
          <p>{t('statusPage.feeds.badgeText')}</p>
          <pre>
            <code>{badge}</code>
          </pre>
        </section>
        <section className="s">
          <h2>{t('statusPage.feeds.embedHeading')}</h2>
          <p>{t('statusPage.feeds.embedText')}</p>
          <pre>
            <code>{embed}</code>
          </pre>
        </section>
      </>
    ),
  })
}

export function embedPage(speaker: Speaker, status: StatusView): string {
  const { t, language, publicUrl } = speaker
  const { sentence } = status.standing
  const open = status.incidents.filter(isOpen).slice(0, 3)
  return document({
    speaker,
    path: '/embed',
    title: t(`statusPage.standing.${sentence}`),
    bare: true,
    children: (
      <section className="xs">
        <p>
          <Tag mark={standingMarks[sentence]}>{t(`statusPage.standing.${sentence}`)}</Tag>
        </p>
        <ul className="plain">
          {open.map(one => (
            <li key={one.id} className="row mark">
              <MarkIcon mark={phaseMarks[one.status]} />
              <a href={`${publicUrl}${addressOf(speaker, one)}`} target="_top">
                {one.title[language]}
              </a>
            </li>
          ))}
        </ul>
        <p className="quiet">
          <a href={`${publicUrl}/${language}`} target="_top" className="tap">
            {t('statusPage.embed.more')}
          </a>
        </p>
      </section>
    ),
  })
}
