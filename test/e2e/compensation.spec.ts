import { type Browser, expect, test } from '@playwright/test'
import { type Language, languages } from '@/messages/language'
import { translator } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { openNamed } from '@/test/e2e/matrix-browser'
import { MatrixPortal } from '@/test/e2e/matrix-portal'
import { activated, decided } from '@/test/matrix/verb-calls-compensation'
import { overOf } from '@/test/matrix/verb-calls-mass'

// One portal for all of them.
test.describe.configure({ mode: 'serial', timeout: 300_000 })

let portal: MatrixPortal
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await MatrixPortal.begin()
})
test.afterAll(() => portal?.end())

const browserOf = (browser: Browser, name: string, language: Language) => openNamed(browser, portal, name, language)

for (const language of languages) {
  const t = translator(language)

  test(`rules that are active are withdrawn with a reason, and what they granted stands, ${language}`, async ({
    browser,
  }) => {
    const { own } = portal.world.places
    const { carrierId } = own
    const incidentId = await overOf(own)
    await activated(portal.world, { carrierId, incidentId })
    await decided(own, { carrierId, incidentId })
    const at = `/admin/compensation?carrier=${carrierId}&incident=${incidentId}`
    const admin = await browserOf(browser, 'administrator of harbor', language)
    await admin.goto(at)
    await admin.getByText(t('compensation.admin.openWithdraw'), { exact: true }).click()
    const withdraw = admin.getByRole('button', { name: t('compensation.admin.withdraw') })
    await withdraw.click()
    await expect(admin).toHaveTitle(new RegExp(`^${t('shell.errorPrefix')}`))
    await expect(admin.locator('[data-error-summary]')).toContainText(t('compensation.errors.why-missing'))
    // The form below is another one, and holds what it held.
    await expect(admin.getByLabel(t('compensation.form.name')).first()).toHaveValue('Much')
    await inspect(admin, language, 'compensation-withdraw-error')
    const reason = language === 'fr' ? 'Le montant n’a pas été accepté.' : 'Nobody agreed to the amount.'
    await admin.getByLabel(t('compensation.admin.why'), { exact: true }).fill(reason)
    await withdraw.click()
    await expect(admin.getByText(t('compensation.admin.done.withdrawn'))).toBeVisible()
    await expect(admin.getByText(t('compensation.admin.noneActive'))).toBeVisible()
    await expect(admin.getByText(t('compensation.admin.earlier.off', { reason }))).toBeVisible()
    await expect(admin.getByText(t('compensation.admin.toExport', { count: 1 }))).toBeVisible()
    await inspect(admin, language, 'compensation-withdrawn')

    const author = await browserOf(browser, 'carrier_author of harbor', language)
    await author.goto('/carrier/overview')
    await expect(author.getByText(t('compensation.carrier.withdrawn')).first()).toBeVisible()
    await inspect(author, language, 'overview-withdrawn')
  })
}
