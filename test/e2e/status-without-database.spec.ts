import { sessionCookieName } from '@/app/_shell/session-cookie'
import { languages } from '@/messages/language'
import { translator } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { expect, test } from '@/test/e2e/portal-test'
import { StatusPortal } from '@/test/e2e/status-portal'

test.describe.configure({ mode: 'default', timeout: 300_000 })

const said = {
  titleEn: 'Contacts do not come back',
  titleFr: 'Les contacts ne reviennent pas',
  bodyEn: 'We know **why**, and say more in an hour.',
  bodyFr: 'Nous savons **pourquoi**, et en dirons plus dans une heure.',
}
const title = { en: said.titleEn, fr: said.titleFr }

let portal: StatusPortal
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await StatusPortal.begin(said)
  await portal.stopDatabase()
})
test.afterAll(() => portal?.end())

for (const language of languages)
  test(`with PostgreSQL stopped the page is there, and says when it was written, ${language}`, async ({
    browserOf,
  }) => {
    const t = translator(language)
    const page = await browserOf(null, { language })
    const ready = await page.request.get(`${portal.origin}/readyz`)
    expect(ready.status(), 'a portal without its database').toBe(503)

    await page.goto(`${portal.origin}/${language}`)
    await page.getByRole('link', { name: title[language] }).first().click()
    await expect(page).toHaveURL(`${portal.origin}/${language}/incidents/${portal.slug}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title[language])
    const written = page.getByRole('contentinfo').locator('time')
    const age = Date.now() - Date.parse((await written.getAttribute('datetime')) ?? '')
    expect(age).toBeGreaterThan(0)
    expect(age).toBeLessThan(300_000)
    await inspect(page, language, 'without-database')

    await expect(page.getByText(t('statusPage.old'))).toBeHidden()
    await page.clock.install({ time: Date.now() + 6 * 60_000 })
    await page.reload()
    await expect(page.getByText(t('statusPage.old'))).toBeVisible()
  })

test.describe(() => {
  // A browser notes the answer it is given here.
  test.use({ expected: /the server responded with a status of 500/ })

  for (const language of languages)
    test(`with PostgreSQL stopped whoever signed in is told so without scripts, and led to the page, ${language}`, async ({
      browserOf,
    }) => {
      const t = translator(language)
      const page = await browserOf(null, { language, javaScriptEnabled: false })
      const { hostname } = new URL(portal.origin)
      const session = { name: sessionCookieName(false), value: 'whoever', domain: hostname, path: '/' }
      await page.context().addCookies([session])
      for (const address of ['/account', '/admin/incidents', '/sign-in']) {
        const answer = await page.goto(`${portal.origin}${address}`)
        expect(answer?.status(), address).toBe(500)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('shell.failure.title'))
      }
      const sent = await page.request.post(`${portal.origin}/sign-in/send`, {
        headers: { origin: portal.origin, 'sec-fetch-site': 'same-origin' },
        form: { email: 'maya@harbor.example' },
      })
      expect(sent.status()).toBe(503)
      expect(await sent.text()).toContain(t('shell.failure.sent'))
      await page.getByRole('link', { name: t('shell.failure.status') }).click()
      await expect(page).toHaveURL(`${portal.origin}/${language}`)
    })
})

test('with PostgreSQL stopped JSON and feeds answer, and say how old they are', async ({ request }) => {
  const began = Date.now() - 300_000
  const isYoung = (written: string | undefined) => expect(Date.parse(written ?? '')).toBeGreaterThan(began)
  const summary = await request.get(`${portal.origin}/api/v2/summary.json`)
  expect(summary.status()).toBe(200)
  const { page, incidents } = await summary.json()
  isYoung(page.updated_at)
  expect(incidents.map((one: { name: string }) => one.name)).toEqual([said.titleEn])

  for (const [address, words] of [
    ['/history.atom', said.titleEn],
    ['/fr/history.atom', said.titleFr],
  ] as const) {
    const feed = await request.get(`${portal.origin}${address}`)
    expect(feed.status(), address).toBe(200)
    const text = await feed.text()
    expect(text).toContain(words)
    isYoung(/<updated>([^<]+)</.exec(text)?.[1])
  }
  const rss = await request.get(`${portal.origin}/history.rss`)
  isYoung(/<lastBuildDate>([^<]+)</.exec(await rss.text())?.[1])
})
