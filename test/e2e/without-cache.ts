import type { Page } from '@playwright/test'

/** The page asks the server each time: what a browser may keep for ten seconds would hide what is served by now. */
export async function withoutCache(page: Page): Promise<Page> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  return page
}
