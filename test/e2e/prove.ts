import { expect, type Page } from '@playwright/test'
import type { Translate } from '@/messages/translate'
import { subscribers } from '@/prisma/demonstration/people'

export const asksForProof = (page: Page): boolean => /\/account\/security\/prove|\/sign-in\/again/.test(page.url())

/** Proves by the played passkey who is here, before something that asks for it, and comes back to the same page. */
export async function proveHere(page: Page, t: Translate): Promise<void> {
  const { pathname, search } = new URL(page.url())
  await page.goto(`/account/security/prove?next=${encodeURIComponent(`${pathname}${search}`)}`)
  await page.getByRole('button', { name: t('passkeys.prove.demonstration'), exact: true }).click()
  await expect.poll(() => asksForProof(page)).toBe(false)
}

/** Has a code sent to the number on file, reads it where the demonstration shows text messages, and enters it. */
export async function enterCode(page: Page, t: Translate, email: string): Promise<void> {
  const names = [t('identity.prove.send'), t('identity.prove.sendAgain')]
  const code = await codeAfter(page, email, async () => {
    await page.getByRole('button', { name: new RegExp(`^(${names.join('|')})$`) }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('identity.prove.sentTitle'))
  })
  await page.getByLabel(t('identity.prove.code'), { exact: true }).fill(code)
  await page.getByRole('button', { name: t('identity.prove.check'), exact: true }).click()
  await expect(page).not.toHaveURL(/\/account\/security\/prove/)
}

/** The code that came to somebody's telephone after what was done. */
export async function codeAfter(page: Page, email: string, act: () => Promise<void>): Promise<string> {
  const number = numberOf(email)
  const messages = await page.context().newPage()
  const read = async (): Promise<string[]> => {
    await messages.goto('/demo/sms')
    const texts = await messages.getByRole('row').filter({ hasText: number }).allInnerTexts()
    return texts.flatMap(text => /\b\d{4} \d{4}\b/.exec(text)?.[0] ?? [])
  }
  const before = await read()
  await act()
  let code = ''
  // A worker sends it after the page said so.
  await expect(async () => {
    code = (await read()).find(one => !before.includes(one)) ?? ''
    expect(code).not.toBe('')
  }).toPass({ timeout: 30_000 })
  await messages.close()
  return code
}

/** As it is dialled. */
export const numberOf = (email: string): string =>
  subscribers.find(one => one.email === email)!.phone.replaceAll(' ', '')
