import { randomUUID } from 'node:crypto'
import { type Browser, expect, type Page, test } from '@playwright/test'
import { system } from '@/domain/actor'
import { reader, transaction } from '@/domain/transaction'
import { advanceMassAct } from '@/domain/triage/mass/advance-mass-act'
import type { Language } from '@/messages/language'
import { macroWords } from '@/messages/macro-words'
import { translator } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { openNamed } from '@/test/e2e/matrix-browser'
import { MatrixPortal } from '@/test/e2e/matrix-portal'

// One portal for all of them. No worker is up: what begins is gone through here.
test.describe.configure({ mode: 'serial', timeout: 300_000 })

const t = translator('en')
const many = 6
const tag = 'for-billing'

let portal: MatrixPortal
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await MatrixPortal.begin()
  await addMany()
})
test.afterAll(() => portal?.end())

/** What nobody else of this world asks about. */
async function addMany(): Promise<void> {
  const { carrierId, subscriberId } = portal.world.places.own
  const same = { carrierId, subscriberId, kind: 'compensation', subject: 'A month for a month' } as const
  const waitsSince = new Date()
  await transaction('every-carrier', async tx => {
    for (let i = 0; i < many; i++)
      await tx.ticket.create({ data: { ...same, reference: `HW-${randomUUID()}`, waitsSince } })
  })
}

const tagged = () => reader('every-carrier').ticket.count({ where: { tags: { has: tag } } })

const browserOf = (browser: Browser, language: Language, more: object = {}) =>
  openNamed(browser, portal, 'support_agent of harbor', language, more)

/** As a worker would; lets go after so many. */
async function work(massActId: string, atMost = Number.POSITIVE_INFINITY): Promise<void> {
  let begun = 0
  const words = (whom: Parameters<typeof macroWords>[0]) => macroWords(whom, 'UTC', new Date())
  await advanceMassAct(system('mass'), { massActId }, words, () => begun++ >= atMost)
}

const idIn = (page: Page): string => new URL(page.url()).pathname.split('/')[3]!
const begin = (page: Page) => page.locator('form[action$="/begin"] button')

let stopped: string

test('many are tagged from the queue’s filter, stopped on the way, and taken back', async ({ browser }) => {
  const agent = await browserOf(browser, 'en')
  await agent.goto('/support')
  await agent.getByText(t('queue.narrow'), { exact: true }).click()
  await agent.getByLabel(t('queue.fields.kind'), { exact: true }).selectOption('compensation')
  await agent.getByRole('button', { name: t('queue.apply') }).click()
  await agent.getByRole('link', { name: t('mass.fromQueue') }).click()
  await inspect(agent, 'en', 'mass-choose')
  await agent.getByRole('link', { name: t('mass.acts.tag') }).click()
  await agent.getByRole('button', { name: t('mass.form.next') }).click()
  await expect(agent.locator('[data-error-summary]')).toContainText(t('mass.errors.tag-form'))
  await agent.getByLabel(t('mass.form.tag'), { exact: true }).fill(tag)
  await agent.getByRole('button', { name: t('mass.form.next') }).click()

  await expect(agent.getByRole('heading', { name: t('mass.preview.count', { count: many }) })).toBeVisible()
  await inspect(agent, 'en', 'mass-preview')
  expect(await tagged()).toBe(0)
  await begin(agent).click()
  await expect(agent.getByText(t('mass.one.acts.begun'))).toBeVisible()
  await expect(agent.getByText(t('mass.one.meter', { done: 0, counted: many }))).toBeVisible()

  // Nobody loads the page again: it says by itself how far it has come, and tells screen readers the quarter.
  stopped = idIn(agent)
  await work(stopped, 2)
  await expect(agent.getByText(t('mass.one.meter', { done: 2, counted: many }))).toBeVisible()
  await expect(agent.getByRole('status').filter({ hasText: t('mass.one.quarter', { percent: 25 }) })).toBeAttached()
  await inspect(agent, 'en', 'mass-running')

  const without = await browserOf(browser, 'en', { javaScriptEnabled: false })
  await without.goto(`/support/mass/${stopped}`)
  await expect(without.getByText(t('mass.one.meter', { done: 2, counted: many }))).toBeVisible()
  await without.getByRole('link', { name: t('mass.one.reload') }).click()
  await expect(without).toHaveURL(`/support/mass/${stopped}`)

  await agent.getByRole('button', { name: t('mass.one.stop') }).click()
  await expect(agent.getByText(t('mass.stopped.by-hand'))).toBeVisible()
  await inspect(agent, 'en', 'mass-stopped')
  // Whoever had it open sees that too.
  await work(stopped)
  expect(await tagged()).toBe(2)

  await agent.getByRole('button', { name: t('mass.one.undo') }).click()
  await expect(agent.getByRole('heading', { name: t('mass.preview.count', { count: 2 }) })).toBeVisible()
  await inspect(agent, 'en', 'mass-undo')
  await begin(agent).click()
  await expect(agent.getByText(t('mass.one.acts.begun'))).toBeVisible()
  const back = idIn(agent)
  await work(back)
  expect(await tagged()).toBe(0)
  // The page is another one then, and has come by itself.
  await expect(agent.getByText(t('mass.one.ended'), { exact: true })).toBeVisible()
  await expect(agent).toHaveURL(`/support/mass/${back}`)
  await expect(agent.getByText(t('mass.one.meter', { done: 2, counted: 2 }))).toBeVisible()
  await agent.getByRole('link', { name: t('mass.one.undoes') }).click()
  await expect(agent).toHaveURL(`/support/mass/${stopped}`)
  // Once is enough.
  await expect(agent.getByRole('button', { name: t('mass.one.undo') })).toHaveCount(0)
})

test('what became of it is told in French', async ({ browser }) => {
  const french = translator('fr')
  const agent = await browserOf(browser, 'fr')
  await agent.goto('/support/mass')
  await inspect(agent, 'fr', 'mass-list')
  await agent
    .getByRole('link', { name: french('mass.whats.tag', { tag }), exact: true })
    .first()
    .click()
  await expect(agent.getByText(french('mass.stopped.by-hand'))).toBeVisible()
  await inspect(agent, 'fr', 'mass-stopped')
  await agent.goto('/support/mass/new')
  await inspect(agent, 'fr', 'mass-whose')
  await agent.getByRole('link', { name: french('mass.from.openGo') }).click()
  await expect(agent.getByRole('link', { name: french('mass.acts.tag') })).toBeVisible()
})
