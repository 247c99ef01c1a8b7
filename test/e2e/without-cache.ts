import type { Page } from '@playwright/test'

/**
 * The page asks the server each time: what a browser may keep for ten seconds would hide what is served by now. Playwright
 * keeps nothing where requests pass through a route.
 */
export async function withoutCache(page: Page): Promise<Page> {
  await page.route('**', route => route.continue())
  return page
}
