import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import type { Language } from '@/messages/language'
import type { MatrixPortal, Visitor } from '@/test/e2e/matrix-portal'

/** A browser in which somebody of the matrix has signed in. */
export async function openAs(
  browser: Browser,
  { origin }: MatrixPortal,
  { cookie }: Visitor,
  language: Language,
  more: BrowserContextOptions = {},
): Promise<Page> {
  const locale = language === 'fr' ? 'fr-CA' : 'en-US'
  const context = await browser.newContext({ baseURL: origin, locale, ...more })
  const session = { name: 'hw-session', value: cookie!.slice('hw-session='.length), url: origin }
  await context.addCookies([session, { name: 'hw-language', value: language, url: origin }])
  return context.newPage()
}

/** Signs somebody of the matrix in and opens their browser. It was a moment ago: what asks for a fresh proof has it. */
export async function openNamed(
  browser: Browser,
  portal: MatrixPortal,
  name: string,
  language: Language,
  more: BrowserContextOptions = {},
): Promise<Page> {
  const known = portal.visitors.find(one => one.name === name)!
  return openAs(browser, portal, await portal.signIn(name, known.actor), language, more)
}
