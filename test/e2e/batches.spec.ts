import { appendFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { dataDirectory } from '@/test/e2e/data-directory'
import { inspect } from '@/test/e2e/inspect'
import { expect, test } from '@/test/e2e/portal-test'
import { heading } from '@/test/e2e/restore-story'
import { makeBag } from '@/test/support/make-bag'

const card = (name: string) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nN:;${name};;;\r\nEND:VCARD\r\n`
const info = { 'Homeward-Incident': 'october-2009', 'Homeward-As-Of': '2009-09-30T06:00:00Z' }
const backup = path.join(dataDirectory, 'backup')

/** Looks at the list until the batch is in this state: workers take it in meanwhile. */
async function batchIn(page: Page, name: string, state: string): Promise<void> {
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) })
  await expect(async () => {
    await page.goto('/admin')
    await expect(row).toContainText(state, { timeout: 500 })
  }).toPass({ timeout: 60_000 })
  await row.getByRole('link', { name, exact: true }).click()
}

test('an administrator reads what could not be placed', async ({ browserOf, t }) => {
  const page = await browserOf('admin')
  await page.goto('/admin')
  await page.getByRole('link', { name: '2009-10-15-contacts' }).click()
  await heading(page, new RegExp(t('admin.batch.title', { name: '2009-10-15-contacts' })))
  await page
    .getByRole('main')
    .getByRole('link', { name: t('reasons.exceptions.unknown-subscriber') })
    .click()
  await heading(page, t('admin.exceptions.title', { name: '2009-10-15-contacts' }))
  await expect(page.getByRole('row').filter({ hasText: 'XX-9999' })).toBeVisible()
})

test('a new batch is looked for, and one that is not sound is quarantined and decided on', async ({ browserOf, t }) => {
  test.setTimeout(180_000)
  const page = await browserOf('admin')
  await makeBag(backup, { name: 'e2e-sound', info, files: { 'HW-1022/contacts.vcf': card('Ada Example') } })
  const files = { 'HW-1022/contacts.vcf': card('Ada Example'), 'HW-0000/contacts.vcf': card('Nobody Known') }
  const unsound = await makeBag(backup, { name: 'e2e-unsound', info: { ...info, 'Payload-Oxum': null }, files })
  await appendFile(path.join(unsound, 'data/HW-1022/contacts.vcf'), '\n')

  await page.goto('/admin')
  await page.getByRole('button', { name: t('admin.batches.look') }).click()
  await expect(page.getByText(t('admin.batches.looked'))).toBeVisible()
  await inspect(page, 'en', 'batches-looked')
  await batchIn(page, 'e2e-sound', t('admin.states.accepted'))
  await expect(page.getByText(t('admin.batch.noFindings'))).toBeVisible()

  await batchIn(page, 'e2e-unsound', t('admin.states.quarantined'))
  await expect(page.getByText(t('admin.findings.digest-mismatch')).first()).toBeVisible()
  await inspect(page, 'en', 'batch-quarantined')
  const use = page.getByRole('button', { name: t('admin.decision.use'), exact: true })
  await use.click()
  await expect(page.getByRole('alert').first()).toContainText(t('admin.errors.reason-missing'))
  await inspect(page, 'en', 'batch-decide-error')
  await page.getByLabel(t('admin.decision.reason'), { exact: true }).fill('The carrier has confirmed these cards.')
  await use.click()
  await expect(page.getByText(t('admin.decision.done.decided'))).toBeVisible()
  await expect(page.getByText(t('admin.decision.mineUse'))).toBeVisible()
  await inspect(page, 'en', 'batch-decided')
})

test('an auditor reads everything and is offered nothing to press', async ({ browserOf, t }) => {
  const page = await browserOf('auditor')
  for (const at of ['/admin', '/admin/work', '/support?status=all']) {
    await page.goto(at)
    await expect(page.getByRole('main').locator('form[method=post]')).toHaveCount(0)
  }
  await page.goto('/admin')
  await page.getByRole('link', { name: '2009-10-15-contacts' }).click()
  await expect(page.getByRole('heading', { name: t('admin.batch.holdings') })).toBeVisible()
  await expect(page.getByRole('main').locator('form[method=post]')).toHaveCount(0)
})
