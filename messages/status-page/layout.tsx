import { createHash } from 'node:crypto'
import { renderToStaticMarkup } from 'react-dom/server'
import { languageNames, otherLanguage } from '@/messages/language'
import { houseShape } from '@/messages/marks'
import { portalAddress } from '@/messages/status-page/addresses'
import { MarkShapes } from '@/messages/status-page/marks'
import type { Speaker } from '@/messages/status-page/speaker'
import { script, style } from '@/messages/status-page/style'

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing but what is in the page itself may run or be loaded. */
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

interface Page {
  speaker: Speaker
  /** Without the language: "", "/history". The other language has the same. */
  path: string
  title: string
  children: React.ReactNode
  /** Without head, foot and navigation. */
  bare?: boolean
}

const House = () => (
  <svg viewBox="0 0 28 28" aria-hidden="true">
    {houseShape}
  </svg>
)

function Head({ speaker, path, title }: Pick<Page, 'speaker' | 'path' | 'title'>) {
  const { language, t, publicUrl } = speaker
  const other = otherLanguage(language)
  return (
    <head>
      <meta charSet="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta httpEquiv="Content-Security-Policy" content={policy} />
      <title>{`${title} – Homeward`}</title>
      <link rel="icon" href="/icon.svg" type="image/svg+xml" />
      <link rel="canonical" href={`${publicUrl}/${language}${path}`} />
      <link rel="alternate" hrefLang={language} href={`${publicUrl}/${language}${path}`} />
      <link rel="alternate" hrefLang={other} href={`${publicUrl}/${other}${path}`} />
      <link
        rel="alternate"
        type="application/atom+xml"
        title={t('statusPage.feeds.atom')}
        href={feedOf(language, 'atom')}
      />
      <link
        rel="alternate"
        type="application/rss+xml"
        title={t('statusPage.feeds.rss')}
        href={feedOf(language, 'rss')}
      />
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, whose hash the policy names */}
      <style dangerouslySetInnerHTML={{ __html: style }} />
    </head>
  )
}

/** English has the address that clients of Statuspage know. */
export const feedOf = (language: 'en' | 'fr', kind: 'atom' | 'rss'): string =>
  language === 'en' ? `/history.${kind}` : `/${language}/history.${kind}`

/** What is in the navigation; the portal's among them carries the language there. */
const places = [
  ['status', ''],
  ['history', '/history'],
  ['subscribe', '/subscribe', 'portal'],
  ['help', '/help'],
] as const

function Top({ speaker, path }: Pick<Page, 'speaker' | 'path'>) {
  const { language, t, demonstration } = speaker
  const address = (place: string, of?: 'portal') =>
    of === 'portal' ? portalAddress(speaker, `/${language}${place}`) : `/${language}${place}`
  const other = otherLanguage(language)
  return (
    <header>
      {demonstration ? <p className="demo">{t('statusPage.demonstration')}</p> : null}
      <div className="wrap">
        <a className="brand" href={`/${language}`} aria-label={t('statusPage.brand')}>
          <House />
          Homeward
        </a>
        <nav aria-label={t('statusPage.navigation')}>
          {places.map(([name, place, of]) => (
            <a key={name} href={address(place, of)} aria-current={place === path ? 'page' : undefined}>
              {t(`statusPage.nav.${name}`)}
            </a>
          ))}
          <a href={portalAddress(speaker, '/account')}>{t('statusPage.nav.account')}</a>
          <a href={`/${other}${path}`} lang={other} hrefLang={other}>
            {languageNames[other]}
          </a>
        </nav>
      </div>
    </header>
  )
}

function Foot({ speaker: { language, t, dates, readAt } }: Pick<Page, 'speaker'>) {
  return (
    <footer>
      <div className="wrap quiet">
        <p>
          <time dateTime={readAt.toISOString()}>{t('statusPage.made', { moment: dates.moment(readAt) })}</time>
        </p>
        <p>{t('statusPage.footer.purpose')}</p>
        <p className="row">
          <a href={`/${language}/feeds`}>{t('statusPage.footer.feeds')}</a>
          <a href={`/${language}/accessibility`}>{t('statusPage.footer.accessibility')}</a>
        </p>
      </div>
    </footer>
  )
}

/** A whole document: its style inside, no script that it needs. */
export function document({ speaker, path, title, children, bare = false }: Page): string {
  const { language, t, readAt } = speaker
  const html = renderToStaticMarkup(
    <html lang={language}>
      <Head speaker={speaker} path={path} title={title} />
      <body>
        <MarkShapes />
        {bare ? null : (
          <a className="skip" href="#main">
            {t('statusPage.skip')}
          </a>
        )}
        {bare ? null : <Top speaker={speaker} path={path} />}
        <main id="main" className="wrap l" tabIndex={-1}>
          <p className="old" data-old={readAt.toISOString()} hidden>
            {t('statusPage.old')}
          </p>
          {children}
        </main>
        {bare ? null : <Foot speaker={speaker} />}
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, whose hash the policy names */}
        <script dangerouslySetInnerHTML={{ __html: script }} />
      </body>
    </html>,
  )
  return `<!DOCTYPE html>${html}`
}
