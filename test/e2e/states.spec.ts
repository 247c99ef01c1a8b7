import { rename } from 'node:fs/promises'
import path from 'node:path'
import { failureWords } from '@/messages/failure'
import { type Language, languages } from '@/messages/language'
import { translator } from '@/messages/translate'
import { dataDirectory } from '@/test/e2e/data-directory'
import { inspect } from '@/test/e2e/inspect'
import { people } from '@/test/e2e/people'
import { expect, missingPage, speak, test } from '@/test/e2e/portal-test'
import { heading } from '@/test/e2e/restore-story'
import { signIn } from '@/test/e2e/sign-in'

test.describe('what is not there', () => {
  test.use({ expected: missingPage })

  for (const language of languages)
    test(`a page that does not exist says so, ${language}`, async ({ browserOf }) => {
      const page = await browserOf(null, { language })
      const answer = await page.goto('/no-such-page')
      expect(answer?.status()).toBe(404)
      await heading(page, translator(language)('shell.notFound.title'))
      await inspect(page, language, 'not-found')
    })

  for (const language of languages)
    test(`a public page that was never published says so, ${language}`, async ({ browserOf }) => {
      const page = await browserOf(null, { language })
      const answer = await page.goto(`/${language}/incidents/never-published`)
      expect(answer?.status()).toBe(404)
      await heading(page, translator(language)('statusPage.notFound.title'))
      await inspect(page, language, 'never-published')
    })

  test('what is somebody else’s reads as not found', async ({ browserOf, t }) => {
    const owner = await browserOf('owen')
    await owner.goto('/account/restores')
    const request = await owner.getByRole('main').locator('a[href^="/account/restores/"]').first().getAttribute('href')
    await owner.goto('/account/records')
    const holding = new URL(owner.url()).pathname
    await owner.goto('/account/devices')
    const device = await owner.getByRole('main').locator('a[href^="/account/devices/"]').first().getAttribute('href')

    const other = await browserOf('maya')
    const staff = ['/support', '/admin', '/admin/work', '/admin/people']
    const data = [`${request}/events?once=1`, `${holding}/0/original`, `${holding}/0/preview`]
    for (const at of [
      request,
      `${request}/filed`,
      `${request}/report`,
      `${request}/undo`,
      holding,
      `${holding}/0`,
      device,
      ...staff,
    ]) {
      const answer = await other.goto(at ?? '')
      expect(answer?.status(), at ?? '').toBe(404)
      await heading(other, t('shell.notFound.title'))
    }
    for (const at of data) expect((await other.request.get(at)).status(), at).toBe(404)
  })

  test('support does not find another carrier’s requests', async ({ browserOf, t }) => {
    const boreal = await browserOf('borealSupport')
    await boreal.goto(`/support?q=${people.elise.id}`)
    const href = await boreal.locator('a[href^="/support/requests/"]').first().getAttribute('href')
    const harbor = await browserOf('harborSupport')
    await harbor.goto(`/support?q=${people.elise.id}`)
    await expect(harbor.getByText(t('support.queue.emptySearch'))).toBeVisible()
    expect((await harbor.goto(href ?? ''))?.status()).toBe(404)
  })
})

test.describe('a fault of ours', () => {
  test.use({ expected: /status of 500|Minified React error|Server Components render/ })

  test('a page that cannot be made says that the data is safe', async ({ browserOf, baseURL }) => {
    const page = await browserOf('zoe')
    await page.goto('/account/records')
    const records = page.getByRole('main').locator('section').getByRole('listitem')
    await expect(records.first()).toBeVisible()
    const file = path.join(dataDirectory, 'backup/2009-10-15-contacts/data', people.zoe.id, 'contacts.vcf')
    await rename(file, `${file}.aside`)
    try {
      for (const language of languages) {
        await speak(page, language, baseURL)
        const answer = await page.reload()
        expect(answer?.status()).toBe(500)
        await heading(page, failureWords[language].title)
        await inspect(page, language, 'failure')
      }
    } finally {
      await rename(`${file}.aside`, file)
    }
    await page.getByRole('link', { name: failureWords.fr.again }).click()
    await expect(records.first()).toBeVisible()
  })
})

test('lists with nothing in them say so, and what to do', async ({ browserOf, t }) => {
  const page = await browserOf('maya')
  await page.goto('/account/restores')
  await expect(page.getByText(t('requests.none'))).toBeVisible()
  await page.goto('/account/records')
  await page.getByRole('searchbox').fill('zzzz')
  await page.getByRole('button', { name: t('account.records.go'), exact: true }).click()
  await expect(page.getByText(t('account.records.count', { count: 0 }))).toBeVisible()
  await page.getByRole('link', { name: t('account.records.clear') }).click()
  await expect(page.getByRole('main').locator('section').getByRole('listitem').first()).toBeVisible()

  const missing = await browserOf('walter')
  await missing.goto('/account')
  const contacts = missing
    .locator('section div')
    .filter({ has: missing.getByRole('heading', { name: t('shell.categories.contacts') }) })
  await expect(contacts.first()).toContainText(/Nothing|Not recoverable/)
})

test('what is entered wrongly at sign-in is kept and told', async ({ page, t }) => {
  await page.goto('/sign-in')
  const field = page.getByLabel(t('signIn.email'), { exact: true })
  await field.fill('maya at harbor')
  await page.getByRole('button', { name: t('signIn.send'), exact: true }).click()
  await expect(page).toHaveTitle(new RegExp(`^${t('shell.errorPrefix')}`))
  await expect(page.getByRole('alert').filter({ hasText: t('shell.problem') })).toBeFocused()
  await expect(field).toHaveValue('maya at harbor')
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(new RegExp(t('signIn.errors.email-form')))
})

test('a link works once', async ({ page, browserOf, t }) => {
  const { email } = people.nadia
  await page.goto('/sign-in')
  await page.getByLabel(t('signIn.email'), { exact: true }).fill(email)
  await page.getByRole('button', { name: t('signIn.send'), exact: true }).click()
  const link = await page.getByRole('link', { name: t('signIn.sent.open', { email }) }).getAttribute('href')
  await page.goto(link ?? '')
  await page.getByRole('button', { name: t('signIn.link.confirm'), exact: true }).click()
  await expect(page).toHaveURL('/account')

  const late = await browserOf(null)
  await late.goto(link ?? '')
  await late.getByRole('button', { name: t('signIn.link.confirm'), exact: true }).click()
  await expect(late).toHaveURL(/\/sign-in/)
  const summary = late.getByRole('alert').filter({ hasText: t('shell.problem') })
  await expect(summary).toBeFocused()
  await expect(summary).toContainText(t('signIn.errors.link-used'))
  await inspect(late, 'en', 'sign-in-link-used')
})

test('a session that ended elsewhere asks for a sign-in and comes back to the page', async ({ page, browser, t }) => {
  const { email } = people.priya
  await signIn(page, t, email)
  await page.goto('/account/devices/new')
  const url = page.getByLabel(t('devices.new.url'), { exact: true })
  await url.fill('https://dav.example/')

  const elsewhere = await browser.newContext({ storageState: await page.context().storageState() })
  const other = await elsewhere.newPage()
  await other.goto('/account')
  await other.getByRole('button', { name: t('shell.nav.signOut') }).click()
  await expect(other).toHaveURL('/en')
  await elsewhere.close()

  await page.getByRole('button', { name: t('devices.new.add') }).click()
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount%2Fdevices%2Fnew/)
  await page.getByLabel(t('signIn.email'), { exact: true }).fill(email)
  await page.getByRole('button', { name: t('signIn.send'), exact: true }).click()
  await page.getByRole('link', { name: t('signIn.sent.open', { email }) }).click()
  await page.getByRole('button', { name: t('signIn.link.confirm'), exact: true }).click()
  await expect(page).toHaveURL(/\/account\/devices\/new/)
})

const wishes: [locale: string, given: Language][] = [
  ['fr-CA', 'fr'],
  ['en-GB', 'en'],
  ['de-DE', 'en'],
]
for (const [locale, given] of wishes)
  test(`a browser set to ${locale} is spoken to in ${given}`, async ({ browser }) => {
    const context = await browser.newContext({ locale })
    const page = await context.newPage()
    await page.goto('/')
    await expect(page).toHaveURL(`/${given}`)
    await expect(page.locator('html')).toHaveAttribute('lang', given)
    await page.goto('/sign-in')
    await expect(page.locator('html')).toHaveAttribute('lang', given)
    await context.close()
  })

test('the language is switched on the page itself, and stays', async ({ page }) => {
  await page.goto('/en')
  await page.getByRole('link', { name: 'Français', exact: true }).click()
  await expect(page).toHaveURL('/fr')
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  // A published file sets no cookie: the portal's own switch does.
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /Français/ }).click()
  await expect(page).toHaveURL('/sign-in')
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr')
  await page.goto('/')
  await expect(page).toHaveURL('/fr')
  await page.goto('/sign-in')
  await page.getByRole('button', { name: /English/ }).click()
  await expect(page).toHaveURL('/sign-in')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})
