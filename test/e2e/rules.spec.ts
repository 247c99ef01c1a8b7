import { type Browser, expect, test } from '@playwright/test'
import { system } from '@/domain/actor'
import { reader, transaction } from '@/domain/transaction'
import { advanceRule } from '@/domain/triage/rules/advance-rule'
import { type Language, languages } from '@/messages/language'
import { translator } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { openNamed } from '@/test/e2e/matrix-browser'
import { MatrixPortal } from '@/test/e2e/matrix-portal'

// One portal for all of them. No worker is up: what begins is gone through here.
test.describe.configure({ mode: 'serial', timeout: 300_000 })

let portal: MatrixPortal
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await MatrixPortal.begin()
})
test.afterAll(() => portal?.end())

const browserOf = (browser: Browser, name: string, language: Language) => openNamed(browser, portal, name, language)

const workThrough = async (): Promise<void> => {
  const runs = await reader('every-carrier').ruleRun.findMany({ where: { status: 'running' } })
  for (const { id: ruleRunId } of runs) await advanceRule(system('rule'), { ruleRunId }, () => false)
}

for (const language of languages) {
  const t = translator(language)

  test(`a rule is written, tried, activated by another lead, acts and is switched off, ${language}`, async ({
    browser,
  }) => {
    await transaction('every-carrier', tx => tx.ticket.updateMany({ data: { status: 'resolved' } }))
    const requestId = await portal.world.file(portal.world.places.own)
    const lead = await browserOf(browser, 'support_lead of harbor', language)
    await lead.goto('/support/rules')
    await lead.getByRole('link', { name: t('rules.new') }).click()
    const save = lead.getByRole('button', { name: t('rules.form.save') })
    await lead.getByLabel(t('rules.form.name')).fill('Intact and small')
    await save.click()
    await expect(lead).toHaveTitle(new RegExp(`^${t('shell.errorPrefix')}`))
    await expect(lead.locator('[data-error-summary]')).toContainText(t('rules.errors.rule-no-condition'))
    await inspect(lead, language, 'rule-error')
    // What was entered is still there.
    await expect(lead.getByLabel(t('rules.form.name'))).toHaveValue('Intact and small')
    await lead.getByLabel(t('rules.form.atMost', { fact: t('rules.facts.damaged') })).fill('0')
    await lead.getByLabel(t('rules.facts.account-known')).selectOption('yes')
    await lead.getByRole('radio', { name: t('rules.acts.approve') }).check()
    await save.click()
    await expect(lead.getByText(t('rules.done.saved'))).toBeVisible()
    const at = new URL(lead.url()).pathname

    await lead.getByRole('button', { name: t('rules.try.button') }).click()
    await expect(lead.getByText(t('rules.done.trying'))).toBeVisible()
    await inspect(lead, language, 'rule-trying')
    await workThrough()
    await lead.goto(at)
    await expect(lead.getByText(t('rules.activate.own'))).toBeVisible()
    await expect(lead.getByRole('button', { name: t('rules.activate.button') })).toHaveCount(0)

    const second = await browserOf(browser, 'support_lead of installation', language)
    await second.goto(at)
    await inspect(second, language, 'rule-tried')
    // The one request that waits is all there is: that has to be meant.
    await second.getByRole('button', { name: t('rules.activate.button') }).click()
    await expect(second.locator('[data-error-summary]')).toContainText(t('rules.errors.rule-nearly-all'))
    await second.getByLabel(t('rules.activate.confirm')).check()
    await second.getByRole('button', { name: t('rules.activate.button') }).click()
    await expect(second.getByText(t('rules.done.activated'))).toBeVisible()
    await workThrough()
    await second.goto(at)
    await inspect(second, language, 'rule-active')

    await second.goto(`/support/requests/${requestId}`)
    await expect(second.getByText(t('rules.events.approved', { name: 'Intact and small', version: '1' }))).toHaveCount(
      2,
    )
    await inspect(second, language, 'request-by-rule')
    const subscriber = await browserOf(browser, 'subscriber', language)
    await subscriber.goto(`/account/restores/${requestId}`)
    const [automatically] = t('requests.byRule', { moment: '|' }).split('|')
    await expect(subscriber.getByText(automatically!)).toBeVisible()
    await inspect(subscriber, language, 'own-by-rule')

    // An agent reads what rules there are, and has nothing to press.
    const agent = await browserOf(browser, 'support_agent of harbor', language)
    await agent.goto(at)
    await expect(agent.locator('main form')).toHaveCount(0)
    await lead.goto(at)
    await lead.getByRole('button', { name: t('rules.off.button') }).click()
    await expect(lead.getByText(t('rules.done.off'))).toBeVisible()
    await lead.goto('/support/rules')
    await inspect(lead, language, 'rules')
  })
}
