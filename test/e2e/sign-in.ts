import { expect, type Page } from '@playwright/test'
import type { Translate } from '@/messages/translate'
import { staff, subscribers } from '@/prisma/demonstration/people'
import { asksForProof } from '@/test/e2e/prove'

/** By the passkey that the demonstration plays: a subscriber's is one they have had for long, so that nothing waits. */
export async function signIn(page: Page, t: Translate, email: string): Promise<void> {
  const member = staff.find(one => one.email === email)
  const subscriber = subscribers.find(one => one.email === email)
  await page.goto('/sign-in?all=1')
  const name = member?.name ?? `${subscriber?.name} ${t('signIn.demonstration.withPasskey')}`
  await page.getByRole('button', { name: `${t('signIn.demonstration.as')} ${name}`, exact: true }).click()
  await expect(page).not.toHaveURL(/\/sign-in/)
}

/** A subscriber asks for a link, follows the one that the demonstration shows on the page, and presses the button behind it. */
export async function signInByMail(page: Page, t: Translate, email: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel(t('signIn.email'), { exact: true }).fill(email)
  await page.getByRole('button', { name: t('signIn.send'), exact: true }).click()
  await page.getByRole('link', { name: t('signIn.sent.open', { email }) }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('signIn.link.title'))
  await page.getByRole('button', { name: t('signIn.link.confirm'), exact: true }).click()
  await expect(page).not.toHaveURL(/\/sign-in/)
}

/** Where an act asks for a fresh proof, gives it by the played passkey and comes back; else does nothing. */
export async function proveIfAsked(page: Page, t: Translate): Promise<void> {
  if (!asksForProof(page)) return
  await page.getByRole('button', { name: t('passkeys.prove.demonstration'), exact: true }).click()
  await expect.poll(() => asksForProof(page)).toBe(false)
}
