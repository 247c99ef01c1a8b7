import type { Page } from '@playwright/test'
import type { Language } from '@/messages/language'
import { mail as en } from '@/messages/mail/en'
import { mail as fr } from '@/messages/mail/fr'
import { expect } from '@/test/e2e/portal-test'

const catalogue = { en, fr }

/** Reads a mail about a request on the demonstration's page of sent mail: it came to this address, in this language. */
export async function expectMail(
  page: Page,
  language: Language,
  about: 'filed' | 'approved' | 'declined' | 'needsYou' | 'finished' | 'undone',
  { reference, to }: { reference: string; to: string },
): Promise<void> {
  const subject = catalogue[language][about].subject.replace('{reference}', reference)
  const link = page.getByRole('link', { name: subject, exact: true })
  // A worker writes it after what it is about.
  await expect(async () => {
    await page.goto('/demo/mail')
    await expect(link).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
  await expect(page.getByRole('row').filter({ has: link })).toContainText(to)
  await link.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(subject)
  await expect(page.getByRole('main')).toContainText(reference)
  const framed = page.frameLocator('iframe')
  await expect(framed.locator('html')).toHaveAttribute('lang', language)
  await expect(framed.getByRole('heading').first()).toBeVisible()
}
