import { randomUUID } from 'node:crypto'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { transaction } from '@/domain/transaction'
import { aloneAtMost } from '@/domain/triage/mass/takes-two'
import { type Language, languages } from '@/messages/language'
import { translator } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { openNamed } from '@/test/e2e/matrix-browser'
import { MatrixPortal, type Visitor } from '@/test/e2e/matrix-portal'

// One portal for all of them. No worker is up: what begins stays under way.
test.describe.configure({ mode: 'serial', timeout: 300_000 })

let portal: MatrixPortal
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await MatrixPortal.begin()
})
test.afterAll(() => portal?.end())

// What another test left to decide is not this one's.
test.beforeEach(() =>
  transaction('every-carrier', tx =>
    tx.restoreRequest.updateMany({
      where: { status: 'filed' },
      data: { status: 'declined', declineReason: 'other' },
    }),
  ),
)

/** Signed in a moment ago: what asks for a fresh proof has it. */
function visitorOf(name: string): Promise<Visitor> {
  const known = portal.visitors.find(one => one.name === name)!
  return portal.signIn(name, known.actor)
}

const browserOf = (browser: Browser, name: string, language: Language) => openNamed(browser, portal, name, language)

const everything = (error: string) => new RegExp(`^${error}`)

for (const language of languages) {
  const t = translator(language)

  test(`recovered records win once another person has agreed, ${language}`, async ({ browser }) => {
    const requestId = await portal.world.file(portal.world.places.own)
    const agent = await browserOf(browser, 'support_agent of harbor', language)
    await agent.goto(`/support/requests/${requestId}`)
    await agent.getByText(t('decisions.overwrite.open'), { exact: true }).click()
    const ask = agent.getByRole('button', { name: t('decisions.overwrite.ask') })
    await ask.click()
    await expect(agent).toHaveTitle(everything(t('shell.errorPrefix')))
    await expect(agent.locator('[data-error-summary]')).toContainText(t('decisions.errors.why-missing'))
    await inspect(agent, language, 'overwrite-error')
    await agent.getByLabel(t('decisions.overwrite.why'), { exact: true }).fill('The telephone wrote old data over new.')
    await ask.click()
    await expect(agent.getByText(t('decisions.one.done.asked'))).toBeVisible()
    await expect(agent.getByRole('button', { name: t('decisions.one.approve') })).toHaveCount(0)
    await inspect(agent, language, 'decision-own')
    const at = new URL(agent.url()).pathname
    await agent.goto(`/support/requests/${requestId}`)
    await expect(agent.getByText(t('decisions.overwrite.see'))).toBeVisible()
    await inspect(agent, language, 'overwrite-asked')

    const auditor = await browserOf(browser, 'auditor of installation', language)
    await auditor.goto('/support/decisions')
    await auditor
      .getByRole('link', { name: t('decisions.kinds.overwrite') })
      .first()
      .click()
    await expect(auditor.locator('main form')).toHaveCount(0)

    const lead = await browserOf(browser, 'support_lead of harbor', language)
    await lead.goto('/support/decisions')
    await inspect(lead, language, 'decisions-open')
    await lead.goto(at)
    await inspect(lead, language, 'decision-open')
    await lead.getByRole('button', { name: t('decisions.one.approve') }).click()
    await expect(lead.getByText(t('decisions.one.done.approved'))).toBeVisible()
    await inspect(lead, language, 'decision-approved')
    // The button pressed twice: it is done, and says so.
    const again = await portal.post(await visitorOf('support_lead of harbor'), `${at}/approve`)
    expect(again.location).toBe(`${at}?done=approved`)
    await lead.goto(`/support/requests/${requestId}`)
    await expect(lead.getByText(t('support.case.rules.overwrite'))).toBeVisible()
    await inspect(lead, language, 'overwrite-decided')
    await lead.goto('/support/decisions?state=over')
    await inspect(lead, language, 'decisions-over')
  })

  test(`many are approved together, by two people where they are too many for one, ${language}`, async ({
    browser,
  }) => {
    await portal.world.file(portal.world.places.own)
    const agent = await browserOf(browser, 'support_agent of harbor', language)
    await agent.goto('/support/mass')
    await look(agent, t)
    await inspect(agent, language, 'many-counted')
    await agent.locator('form[action$="/begin"] button').click()
    await expect(agent.getByText(t('mass.one.acts.begun'), { exact: true })).toBeVisible()
    await inspect(agent, language, 'many-running')
    await agent.getByRole('button', { name: t('mass.one.stop') }).click()
    await expect(agent.getByText(t('mass.stopped.by-hand'))).toBeVisible()
    await inspect(agent, language, 'many-stopped')

    await addMany(aloneAtMost)
    await agent.goto('/support/mass')
    await look(agent, t)
    await expect(agent.getByText(t('mass.preview.takesTwo'))).toBeVisible()
    const ask = agent.locator('form[action$="/begin"] button')
    await ask.click()
    await expect(agent.locator('[data-error-summary]')).toContainText(t('mass.errors.reason-missing'))
    await inspect(agent, language, 'many-error')
    await agent.getByLabel(t('mass.preview.why'), { exact: true }).fill('All of them were looked at by sample.')
    await ask.click()
    await expect(agent.getByText(t('mass.one.acts.asked'), { exact: true })).toBeVisible()
    await inspect(agent, language, 'many-asked')
    await agent.getByRole('link', { name: t('mass.one.decision') }).click()
    await expect(agent.getByText(t('decisions.one.own'))).toBeVisible()
    const at = new URL(agent.url()).pathname

    const lead = await browserOf(browser, 'support_lead of harbor', language)
    await lead.goto('/support/decisions')
    const counted = t('decisions.countedTickets', { count: aloneAtMost + 1 })
    await expect(lead.getByText(`${t('decisions.massKinds.approve')} · ${counted}`)).toBeVisible()
    await lead.goto(at)
    // What is agreed to stands on the page: the act, by what they were found, and how many they are.
    const facts = lead.locator('main dl')
    await expect(facts).toContainText(t('mass.whats.approve'))
    await expect(facts).toContainText(t('queue.states.filed'))
    await expect(facts).toContainText(counted)
    await inspect(lead, language, 'decision-many')
    await lead.getByLabel(t('decisions.one.note'), { exact: true }).fill('x'.repeat(501))
    await lead.getByRole('button', { name: t('decisions.one.refuse') }).click()
    await expect(lead.locator('[data-error-summary]')).toContainText(t('decisions.errors.note-long'))
    await lead.getByLabel(t('decisions.one.note'), { exact: true }).fill('Too many at once.')
    await lead.getByRole('button', { name: t('decisions.one.refuse') }).click()
    await expect(lead.getByText(t('decisions.one.done.refused'))).toBeVisible()
    await lead.getByRole('link', { name: t('decisions.one.seeTickets') }).click()
    await expect(lead.getByText(t('mass.stopped.not-approved'))).toBeVisible()
    await inspect(lead, language, 'many-refused')
  })
}

/** From the list of what was done to many to what waits for a decision, and what approving all of it will be. */
async function look(agent: Page, t: ReturnType<typeof translator>): Promise<void> {
  await agent.getByRole('link', { name: t('mass.begin') }).click()
  await agent.getByRole('link', { name: t('mass.from.queueGo') }).click()
  await agent.getByRole('link', { name: t('mass.fromQueue') }).click()
  await agent.getByRole('link', { name: t('mass.acts.approve') }).click()
  await agent.getByRole('button', { name: t('mass.form.next') }).click()
  await expect(agent).toHaveURL(/\/support\/mass\/[0-9a-f-]{36}/)
}

/** Filed requests, each with its ticket. */
async function addMany(count: number): Promise<void> {
  const { carrierId, subscriberId, accountId, contacts: holdingId } = portal.world.places.own
  const ids = Array.from({ length: count }, () => randomUUID())
  await transaction('every-carrier', async tx => {
    const same = { carrierId, subscriberId, accountId, rule: 'merge' } as const
    const data = ids.map(id => ({ ...same, id, reference: `HW-${id.slice(0, 9)}`, filingKey: id }))
    await tx.restoreRequest.createMany({ data })
    const item = { carrierId, category: 'contacts', holdingId } as const
    await tx.requestItem.createMany({ data: ids.map(requestId => ({ ...item, requestId })) })
    const own = { carrierId, subscriberId, waitsSince: new Date() }
    const tickets = ids.map(id => ({ ...own, requestId: id, reference: `HW-${id.slice(0, 9)}` }))
    await tx.ticket.createMany({ data: tickets })
  })
}
