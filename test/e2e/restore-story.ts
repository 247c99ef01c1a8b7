import type { Page } from '@playwright/test'
import type { Category } from '@/domain/record/category'
import type { Translate } from '@/messages/translate'
import { expect } from '@/test/e2e/portal-test'
import { asksForProof } from '@/test/e2e/prove'
import { proveIfAsked } from '@/test/e2e/sign-in'

/** The steps that several tests take: asking for data back, deciding, waiting for the end. */

export const goOn = (page: Page, t: Translate) =>
  page.getByRole('button', { name: t('restore.next'), exact: true }).click()

export const heading = (page: Page, text: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1 })).toHaveText(text)

/** The name of a link that says to eyes what it does, and to ears also to what. */
export const aboutWhat = (act: string, what: string): RegExp =>
  new RegExp(`^${[act, what].map(part => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\s:]+')}$`)

/** Answers every question the short way and files the request. Returns its reference. */
export async function file(
  page: Page,
  t: Translate,
  { categories, account }: { categories: Category[]; account?: string },
): Promise<string> {
  await page.goto('/account/restore')
  for (const category of categories) await page.getByLabel(t(`shell.categories.${category}`), { exact: true }).check()
  await goOn(page, t)
  await page.locator('input[name=extent][value=all]').check()
  await goOn(page, t)
  if (account !== undefined) await page.getByLabel(account, { exact: true }).check()
  await goOn(page, t)
  await page.locator('input[name=rule][value=keep_both]').check()
  await goOn(page, t)
  await fileChecked(page, t)
  return referenceOn(page)
}

/** Presses the button of the check page, after proving who is here where that is asked for. */
export async function fileChecked(page: Page, t: Translate): Promise<void> {
  const button = page.getByRole('button', { name: t('restore.check.file') })
  await button.click()
  if (asksForProof(page)) {
    await proveIfAsked(page, t)
    await button.click()
  }
  await heading(page, t('restore.filed.title'))
}

export async function referenceOn(page: Page): Promise<string> {
  const text = await page.getByRole('main').innerText()
  const reference = /\b[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(text)?.[0]
  expect(reference, 'a reference on the page').toBeDefined()
  return reference ?? ''
}

/** Support's page of a request, found in the queue by its reference. */
export async function openCase(page: Page, t: Translate, reference: string): Promise<void> {
  await page.goto('/support')
  await page.getByLabel(t('support.queue.search'), { exact: true }).fill(reference)
  await page
    .getByRole('search')
    .getByRole('button', { name: t('support.queue.go') })
    .click()
  await page.getByRole('link', { name: reference, exact: true }).click()
  await heading(page, new RegExp(reference))
}

/** The first of the two approvals that a new device account takes. */
export async function approveByHalf(page: Page, t: Translate, reference: string): Promise<void> {
  await openCase(page, t, reference)
  await page.getByRole('button', { name: t('support.case.decide.approve') }).click()
  await expect(page.getByText(t('identity.support.newAccount.half'))).toBeVisible()
}

export async function approve(page: Page, t: Translate, reference: string): Promise<void> {
  await openCase(page, t, reference)
  await page.getByRole('button', { name: t('support.case.decide.approve') }).click()
  await expect(page.getByText(t('support.case.done.approved'))).toBeVisible()
}

/** Waits until the page says so; one without scripts is loaded again by its own link or by hand. */
export async function until(page: Page, said: string, scripts: boolean): Promise<void> {
  const words = page.getByText(said).first()
  if (scripts) return expect(words).toBeVisible({ timeout: 60_000 })
  await expect(async () => {
    if (!(await words.isVisible())) await page.reload()
    await expect(words).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 60_000 })
}
