import { randomUUID } from 'node:crypto'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { type Actor, system } from '@/domain/actor'
import { openIncident } from '@/domain/incident/open-incident'
import { fileRequest } from '@/domain/restore/file-request'
import { reader, transaction } from '@/domain/transaction'
import { type Language, languages } from '@/messages/language'
import { translator } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { openAs } from '@/test/e2e/matrix-browser'
import { MatrixPortal } from '@/test/e2e/matrix-portal'

// One portal for all of them. No worker is up: the test does what they would do.
test.describe.configure({ mode: 'serial', timeout: 300_000 })

let portal: MatrixPortal
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await MatrixPortal.begin()
})
test.afterAll(() => portal?.end())

const telephone = { width: 390, height: 844 }

/** Somebody of the matrix who has proved a moment ago who they are; French on a telephone. */
async function browserOf(browser: Browser, name: string, language: Language, actor?: Actor): Promise<Page> {
  const who = actor ?? portal.visitors.find(one => one.name === name)!.actor
  const visitor = await portal.signIn(name, who)
  return openAs(browser, portal, visitor, language, language === 'fr' ? { viewport: telephone } : {})
}

/** What the subscriber has filed with their own hand, to an account of their own. */
async function filedByOwner(): Promise<string> {
  const { actor } = portal.visitors.find(({ name }) => name === 'subscriber')!
  const { subscriberId, accountId, contacts } = portal.world.places.own
  const what = { subscriberId, accountId, holdingIds: [contacts], filingKey: randomUUID() }
  return (await fileRequest({ ...actor, provedAt: new Date() } as Actor, { ...what, rule: 'merge' })).id
}

/** Sets the clock of what both consented to: it was four days ago. */
async function waitOver(crossingId: string): Promise<void> {
  const before = (at: Date | null) => at && new Date(at.getTime() - 4 * 24 * 3_600_000)
  await transaction('every-carrier', async tx => {
    const { sourceConsentedAt, targetConsentedAt, opensAt } = await tx.crossing.findUniqueOrThrow({
      where: { id: crossingId },
    })
    const data = {
      sourceConsentedAt: before(sourceConsentedAt),
      targetConsentedAt: before(targetConsentedAt),
      opensAt: before(opensAt),
    }
    await tx.crossing.update({ where: { id: crossingId }, data })
  })
}

for (const language of languages) {
  const t = translator(language)

  test(`one person’s records go into another’s account, ${language}`, async ({ browser }) => {
    const requestId = await filedByOwner()
    const bob = portal.world.places['same carrier']
    const other = await reader('every-carrier').subscriber.findUniqueOrThrow({ where: { id: bob.subscriberId } })
    const agent = await browserOf(browser, 'support_agent of harbor', language)
    await agent.goto(`/support/requests/${requestId}`)
    await agent.getByRole('link', { name: t('crossings.ask.open'), exact: true }).click()
    await agent.getByLabel(t('crossings.ask.to'), { exact: true }).fill('nobody')
    await agent.getByRole('button', { name: t('crossings.ask.find') }).click()
    await expect(agent.getByText(t('crossings.ask.none'))).toBeVisible()
    await agent.getByLabel(t('crossings.ask.to'), { exact: true }).fill(other.accountId)
    await agent.getByRole('button', { name: t('crossings.ask.find') }).click()
    const ask = agent.getByRole('button', { name: t('crossings.ask.ask') })
    await agent.locator('input[name=account]').first().check()
    await ask.click()
    await expect(agent.locator('[data-error-summary]')).toContainText(t('decisions.errors.why-missing'))
    await inspect(agent, language, 'crossing-ask')
    await agent.getByLabel(t('crossings.ask.why'), { exact: true }).fill('Both were here with their papers.')
    await ask.click()
    await expect(agent.getByText(t('decisions.one.done.asked'))).toBeVisible()
    const decision = new URL(agent.url()).pathname

    const lead = await browserOf(browser, 'support_lead of harbor', language)
    await lead.goto(decision)
    await inspect(lead, language, 'crossing-decision')
    await lead.getByRole('button', { name: t('decisions.one.approve') }).click()
    await expect(lead.getByText(t('crossings.forSupport.open'))).toBeVisible()

    const { carrierId, subscriberId } = bob
    const both = [
      await browserOf(browser, 'subscriber', language),
      await browserOf(browser, 'the other', language, { role: 'subscriber', carrierId, subscriberId, provedAt: null }),
    ]
    for (const [i, page] of both.entries()) {
      const side = i === 0 ? 'source' : 'target'
      await page.goto('/account/security')
      if (side === 'target') await inspect(page, language, 'crossing-list')
      await page.getByRole('link', { name: t('crossings.see') }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(t(`crossings.title.${side}`))
      await inspect(page, language, `crossing-consent-${side}`)
      await page.getByRole('button', { name: t('crossings.consent') }).click()
      await expect(page.getByText(t('crossings.done.consented'))).toBeVisible()
    }
    const [ada, ben] = both as [Page, Page]
    await inspect(ben, language, 'crossing-waits')

    const crossing = await reader('every-carrier').crossing.findFirstOrThrow({ where: { sourceRequestId: requestId } })
    const into = crossing.requestId!
    await waitOver(crossing.id)
    for (const page of [agent, lead]) {
      await page.goto(`/support/requests/${into}`)
      if (page === agent) await inspect(page, language, 'crossing-carried')
      await page.getByRole('button', { name: t('support.case.decide.approve') }).click()
    }
    await expect(lead.getByText(t('support.case.done.approved'))).toBeVisible()
    await portal.world.restores.run(into)
    await lead.goto(`/support/requests/${requestId}`)
    await expect(lead.getByText(t('crossings.forSupport.filed'))).toBeVisible()
    await inspect(lead, language, 'crossing-sent')

    await ada.goto(`/account/crossings/${crossing.id}`)
    await expect(ada.getByText(t('crossings.stages.done'))).toBeVisible()
    await inspect(ada, language, 'crossing-done-source')
    await ben.goto(`/account/crossings/${crossing.id}`)
    await inspect(ben, language, 'crossing-done-target')
    await ben.goto(`/account/restores/${into}`)
    await inspect(ben, language, 'crossing-report-target')
    const answer = await ada.goto(`/account/restores/${into}`)
    expect(answer?.status()).toBe(404)
    await ada.goto(`/account/crossings/${crossing.id}`)
    await ada.getByRole('button', { name: t('crossings.undo'), exact: true }).click()
    await expect(ada.getByText(t('crossings.done.undo'))).toBeVisible()
    await portal.world.restores.run(into)
    await ada.reload()
    await inspect(ada, language, 'crossing-undone')
  })

  test(`a kind of data is given out once a second person agrees, ${language}`, async ({ browser }) => {
    const about = { titleEn: 'Contacts are missing', titleFr: 'Des contacts manquent', bodyEn: 'C', bodyFr: 'D' }
    const open = { ...about, status: 'identified', startedAt: new Date(), tell: false } as const
    const { id } = await openIncident(system('test'), { ...open, nextUpdateBy: new Date(Date.now() + 3_600_000) })
    const manager = await browserOf(browser, 'incident_manager of installation', language)
    const wave = `/admin/incidents/${id}/wave?category=contacts`
    await manager.goto(wave)
    await manager.getByLabel(t('incidents.say.status'), { exact: true }).selectOption('releasing')
    await manager.locator('[name=noteEn]').fill('Ten samples were right.')
    await manager.locator('[name=noteFr]').fill('Dix échantillons étaient justes.')
    const move = manager.getByRole('button', { name: t('incidents.wave.move'), exact: true })
    await move.click()
    await expect(manager.locator('[data-error-summary]')).toBeVisible()
    await inspect(manager, language, 'release-error')
    await manager.getByLabel(t('decisions.release.why'), { exact: true }).fill('Two of us looked at ten each.')
    await move.click()
    await expect(manager.getByText(t('incidents.done.asked.title'))).toBeVisible()
    await inspect(manager, language, 'release-asked')
    await manager.goto(wave)
    await expect(manager.getByRole('button', { name: t('decisions.one.approve') })).toHaveCount(0)
    await inspect(manager, language, 'release-own')

    const second = await browserOf(browser, 'administrator of installation', language)
    await second.goto('/support/decisions')
    await inspect(second, language, 'release-list')
    await second.goto(`/admin/incidents/${id}`)
    await second
      .getByRole('link', { name: new RegExp(`^${t('decisions.release.decide')}`) })
      .first()
      .click()
    await inspect(second, language, 'release-decide')
    await second.getByRole('button', { name: t('decisions.one.approve') }).click()
    await expect(second.getByText(t('incidents.done.agreed.title'))).toBeVisible()
    await inspect(second, language, 'release-agreed')
    const moved = { incidentId: id, category: 'contacts' } as const
    const { status } = await reader('every-carrier').wave.findUniqueOrThrow({ where: { incidentId_category: moved } })
    expect(status).toBe('releasing')
  })
}
