import type { Page } from '@playwright/test'
import { type Language, languages } from '@/messages/language'
import type { Translate } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { people } from '@/test/e2e/people'
import { expect, speak, test } from '@/test/e2e/portal-test'
import { asksForProof, codeAfter, enterCode, numberOf } from '@/test/e2e/prove'
import { file, heading } from '@/test/e2e/restore-story'
import { signInByMail } from '@/test/e2e/sign-in'
import { contentWaitOver } from '@/test/e2e/wait-over'

const who = { en: people.chantal, fr: people.oceane } satisfies Record<Language, { email: string }>

/** Opens the first of the recovered contacts, as a link of the home page does. */
const contacts = async (page: Page, t: Translate) => {
  await page.goto('/account')
  const link = page.getByRole('main').getByRole('link', { name: t('shell.categories.contacts'), exact: true })
  await link.click()
}

async function signInByCode(page: Page, t: Translate, email: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: t('signIn.code.offer') }).click()
  await heading(page, t('signIn.code.title'))
  await page.getByLabel(t('signIn.code.number'), { exact: true }).fill(numberOf(email))
  const code = await codeAfter(page, email, async () => {
    await page.getByRole('button', { name: t('signIn.code.send') }).click()
    await heading(page, t('signIn.code.sentTitle'))
  })
  await page.getByLabel(t('identity.prove.code'), { exact: true }).fill('0000 0000')
  await page.getByRole('button', { name: t('signIn.code.use'), exact: true }).click()
  await expect(page.getByText(t('signIn.errors.code-refused')).first()).toBeVisible()
  await page.getByLabel(t('identity.prove.code'), { exact: true }).fill(code)
  await page.getByRole('button', { name: t('signIn.code.use'), exact: true }).click()
  await expect(page).toHaveURL('/account')
}

for (const language of languages)
  test.describe(() => {
    const isNarrow = language === 'fr'
    test.use({ language, viewport: { width: isNarrow ? 360 : 1280, height: 900 } })

    test(`a code sets a restore going, shows nothing for three days, and a passkey shows it at once (${language})`, async ({
      page,
      browserOf,
      t,
      baseURL,
    }) => {
      test.setTimeout(240_000)
      const { email } = who[language]
      await speak(page, language, baseURL)
      await test.step('who lost the mailbox signs in by the number of before the incident', () =>
        signInByCode(page, t, email))

      await test.step('nothing of the content is shown, and it is said why and when', async () => {
        await contacts(page, t)
        await heading(page, t('identity.content.title'))
        await inspect(page, language, 'content-not-asked')
        await page.getByRole('button', { name: t('identity.content.ask') }).click()
        await heading(page, t('identity.content.title'))
        await expect(page.getByText(t('identity.content.waitsText'))).toBeVisible()
        await inspect(page, language, 'content-waits')
        for (const address of ['/account/download', '/account/download/archive']) {
          const answer = await page.request.get(address)
          expect(await answer.text()).toContain(t('identity.content.restoreText'))
        }
      })

      await test.step('a restore to the device of before the incident is filed at once', async () => {
        await file(page, t, { categories: ['contacts'] })
      })

      await test.step('once the wait is over a code shows it', async () => {
        await contentWaitOver(email)
        await contacts(page, t)
        await heading(page, t('account.records.title', { category: t('shell.categoriesInline.contacts') }))
      })

      await test.step('who reads the mailbox alone is asked for more, and by a passkey of long ago sees it at once', async () => {
        const other = await browserOf(null)
        await signInByMail(other, t, email)
        await contacts(other, t)
        expect(asksForProof(other)).toBe(true)
        await inspect(other, language, 'prove-both')
        await other.getByRole('button', { name: t('passkeys.prove.demonstration'), exact: true }).click()
        await heading(other, t('account.records.title', { category: t('shell.categoriesInline.contacts') }))
        await other.goto('/account/security/prove?next=/account/security')
        await enterCode(other, t, email)
        await expect(other).toHaveURL('/account/security')
      })
    })
  })
