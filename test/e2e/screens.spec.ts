import { readdirSync } from 'node:fs'
import { languages } from '@/messages/language'
import { inspect } from '@/test/e2e/inspect'
import { expect, test } from '@/test/e2e/portal-test'
import { screens } from '@/test/e2e/screens'

/**
 * Reached only by changing something: inspected in device-server.spec.ts, subscribe-story.spec.ts, two-people.spec.ts,
 * uploads.spec.ts, notice-story.spec.ts and crossing.spec.ts; or, like the page for another try, only where sending failed
 * (test/app/carrier.test.ts).
 */
const elsewhere = [
  '/carrier/notices/[id]/retry',
  '/account/crossings/[id]',
  '/support/decisions/[id]',
  '/support/looks/[id]',
  '/support/looks/[id]/[ordinal]',
  '/carrier/suppressions/[id]/remove',
  '/account/devices/[id]/password',
  '/[language]/subscribe/sent',
  '/[language]/subscribe/confirm',
  '/[language]/subscribe/preferences',
  '/[language]/unsubscribe',
]

// Asks who is here on the way: the session has another token then.
const proves: readonly (string | null)[] = ['/security/passkey']

for (const language of languages)
  test.describe(`screens, ${language}`, () => {
    test.use({ language })
    for (const { name, route, who, at } of screens)
      test(name, async ({ browserOf, t }) => {
        const page = await browserOf(who, { shared: !proves.includes(route) })
        if (typeof at === 'string') await page.goto(at)
        else await at(page, t, language)
        await inspect(page, language, name)
      })
  })

test('every page is among the screens', () => {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' }).filter(file =>
    /^(?!_)(.*\/)?page\.tsx$/.test(file),
  )
  const pages = files.map(file => `/${file}`.replace(/\/\([^)]*\)|\/page\.tsx$/g, ''))
  const shown: (string | null)[] = [...elsewhere, ...screens.map(({ route }) => route)]
  expect(pages.filter(page => !shown.includes(page))).toEqual([])
})
