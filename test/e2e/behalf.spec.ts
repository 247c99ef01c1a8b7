import { clockIn } from '@/app/_shell/local-time'
import { languages } from '@/messages/language'
import { inspect } from '@/test/e2e/inspect'
import { expect, test } from '@/test/e2e/portal-test'
import { proveIfAsked } from '@/test/e2e/sign-in'

/** Nobody else's tests touch them. */
const whom = { en: 'Amélie Roy', fr: 'Hugo Desrosiers' }

for (const language of languages)
  test.describe(`on a subscriber's behalf, ${language}`, () => {
    test.use({ language })

    test('staff file for somebody who cannot sign in, split it, and another person decides', async ({
      browserOf,
      t,
    }) => {
      test.setTimeout(180_000)
      const page = await browserOf('borealSupport')
      await page.goto('/support')
      await page.getByRole('link', { name: t('behalf.link') }).click()
      await page.getByLabel(t('behalf.find.asked')).fill(whom[language])
      await page.getByRole('button', { name: t('behalf.find.go') }).click()
      await expect(page.getByText(whom[language])).toBeVisible()

      // Nothing chosen: what is missing is said, and nothing that was entered is lost.
      await page.locator('[name="checkReference"]').fill('VISIT-2009')
      await page.getByRole('button', { name: t('behalf.request.next') }).click()
      await expect(page.locator('[data-error-summary]')).toContainText(t('behalf.errors.categories-missing'))
      await expect(page.locator('[name="checkReference"]')).toHaveValue('VISIT-2009')
      await inspect(page, language, 'file-for-missing')

      const categories = page.locator('[name="categories"]')
      for (const at of [0, 1]) await categories.nth(at).check()
      await page.locator('[name="accountId"]').first().check()
      await page.locator('[name="rule"][value="keep_both"]').check()
      await page.locator('[name="check"][value="in_shop"]').check()
      const zone = await page.locator('[name="zone"]').inputValue()
      await page.locator('[name="checkAt"]').fill(clockIn(zone, new Date(Date.now() - 600_000)))
      await page.getByRole('button', { name: t('behalf.request.next') }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('behalf.check.title'))
      await expect(page.getByText('VISIT-2009')).toBeVisible()
      await inspect(page, language, 'file-for-check-filled')
      await page.getByRole('button', { name: t('behalf.check.file') }).click()
      await proveIfAsked(page, t)
      const file = page.getByRole('button', { name: t('behalf.check.file') })
      if (await file.isVisible()) await file.click()

      await expect(page).toHaveURL(/\/support\/requests\/[0-9a-f-]+\?done=filed-for/)
      await expect(page.getByText(t('behalf.done.filed-for'))).toBeVisible()
      await expect(page.getByText(t('behalf.vouched.another'))).toBeVisible()
      await expect(page.getByRole('button', { name: t('support.case.decide.approve') })).toHaveCount(0)
      await inspect(page, language, 'file-for-case')

      await page.getByRole('button', { name: t('support.take.take'), exact: true }).click()
      await page.getByText(t('behalf.split.open')).click()
      await page.locator('form[action$="/split"] [name="categories"]').first().check()
      await inspect(page, language, 'split-open')
      await page.getByRole('button', { name: t('behalf.split.do') }).click()
      await expect(page).toHaveURL(/done=split/)
      await inspect(page, language, 'split-done')
      const part = page.locator('main li a[href^="/support/requests/"]').first()
      const address = await part.getAttribute('href')
      await page.goto(address ?? '')
      await expect(page.getByText(t('behalf.vouched.title'))).toBeVisible()
      await expect(page.getByRole('button', { name: t('support.case.decide.approve') })).toHaveCount(0)

      const other = await browserOf('lead')
      await other.goto(address ?? '')
      await other.getByRole('button', { name: t('support.case.decide.approve') }).click()
      await expect(other).toHaveURL(/done=approved/)
    })

    test('staff open a question for somebody', async ({ browserOf, t }) => {
      const page = await browserOf('borealSupport')
      await page.goto(`/support/file-for?q=${encodeURIComponent(whom[language])}`)
      await page.getByRole('link', { name: t('behalf.person.question') }).click()
      await page.locator('[name="kind"][value="other"]').check()
      await page.getByLabel(t('behalf.question.subject')).fill('No mailbox')
      await page.getByLabel(t('behalf.question.said')).fill('I cannot read my mail any more.')
      await page.locator('[name="check"][value="call_back"]').check()
      await page.locator('[name="checkReference"]').fill('CALL-2009')
      const zone = await page.locator('[name="zone"]').inputValue()
      await page.locator('[name="checkAt"]').fill(clockIn(zone, new Date(Date.now() - 600_000)))
      const open = page.getByRole('button', { name: t('behalf.question.open') })
      await open.click()
      await proveIfAsked(page, t)
      if (await open.isVisible()) await open.click()
      await expect(page).toHaveURL(/\/support\/tickets\/[0-9a-f-]+\?done=opened/)
      await expect(page.getByText(t('behalf.vouched.opened'))).toBeVisible()
      await inspect(page, language, 'question-opened')
    })
  })
