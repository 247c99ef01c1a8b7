import { expect, type Page } from '@playwright/test'
import type { Translate } from '@/messages/translate'

/** Asks for a link, follows the one that the demonstration shows on the page, and presses the button behind it. */
export async function signIn(page: Page, t: Translate, email: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel(t('signIn.email'), { exact: true }).fill(email)
  await page.getByRole('button', { name: t('signIn.send'), exact: true }).click()
  await followLink(page, t, email)
}

/** Where an act asks for a fresh proof, gives it and comes back; else does nothing. */
export async function proveIfAsked(page: Page, t: Translate, email: string): Promise<void> {
  if (!page.url().includes('/sign-in/again')) return
  await page.getByRole('button', { name: t('signIn.again.send') }).click()
  await followLink(page, t, email)
}

async function followLink(page: Page, t: Translate, email: string): Promise<void> {
  await page.getByRole('link', { name: t('signIn.sent.open', { email }) }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('signIn.link.title'))
  await page.getByRole('button', { name: t('signIn.link.confirm'), exact: true }).click()
  await expect(page).not.toHaveURL(/\/sign-in/)
}
