import { expect } from '@playwright/test'
import { people } from '@/test/e2e/people'
import { test } from '@/test/e2e/portal-test'
import { signIn } from '@/test/e2e/sign-in'
import { rawRequest } from '@/test/support/raw-request'

test('whoever signed out leaves nothing behind, not by going back either', async ({ page, t }) => {
  await signIn(page, t, people.priya.email)
  await page.goto('/account')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const signedOut = page.waitForResponse(answer => new URL(answer.url()).pathname === '/sign-out')
  await page.getByRole('button', { name: t('shell.nav.signOut') }).click()
  expect(await (await signedOut).headerValue('clear-site-data')).toBe('"cache", "storage"')
  await expect(page).toHaveURL('/en')
  await page.goBack()
  await expect(page).toHaveURL(/\/sign-in\?next=%2Faccount/)
})

test('a request is never sent back to whoever sent it', async ({ baseURL }) => {
  const cookie = 'Cookie: hw-session=canary'
  const answer = await rawRequest(baseURL ?? '', 'TRACE /account HTTP/1.1', [cookie])
  expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
  expect(answer.body).not.toContain('canary')
})
