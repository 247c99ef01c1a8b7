import { type Browser, expect, type Page, test } from '@playwright/test'
import { transaction } from '@/domain/transaction'
import { type Language, languages } from '@/messages/language'
import { translator } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { openNamed } from '@/test/e2e/matrix-browser'
import { MatrixPortal } from '@/test/e2e/matrix-portal'

// One portal of their own: who takes the next request takes anybody's.
test.describe.configure({ mode: 'serial', timeout: 300_000 })

let portal: MatrixPortal
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await MatrixPortal.begin()
})
test.afterAll(() => portal?.end())

test.beforeEach(() =>
  transaction('every-carrier', async tx => {
    await tx.restoreRequest.updateMany({
      where: { status: 'filed' },
      data: { status: 'declined', declineReason: 'other' },
    })
    await tx.ticket.updateMany({ data: { status: 'resolved', takenBy: null, takenUntil: null } })
    await tx.staff.updateMany({ data: { shortcuts: true, languages: [] } })
    await tx.ticketPresence.deleteMany()
  }),
)

const browserOf = (browser: Browser, name: string, language: Language, more = {}) =>
  openNamed(browser, portal, name, language, more)

const agent = 'support_agent of harbor'
const lead = 'support_lead of harbor'
/** Its scripts have begun: before that a key is nobody's. */
const ready = (page: Page, state = 'on') => expect(page.locator(`[data-keys=${state}]`)).toBeAttached()
const focused = (page: Page) => page.locator(':focus')

/** What has the focus shows that it has. */
async function ringed(page: Page): Promise<void> {
  const width = await focused(page).evaluate(element => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth)
  })
  expect(width).toBeGreaterThan(1)
}

for (const language of languages) {
  const t = translator(language)

  test(`a working day by keyboard alone, ${language}`, async ({ browser }) => {
    const { own } = portal.world.places
    const ids = [await portal.world.file(own), await portal.world.file(own), await portal.world.file(own)]
    const page = await browserOf(browser, agent, language)
    const { keyboard } = page
    const heard = page.getByRole('status')

    await test.step('through the queue', async () => {
      await page.goto('/support')
      await ready(page)
      for (const [key, id] of [
        ['j', ids[0]],
        ['j', ids[1]],
        ['j', ids[2]],
        ['j', ids[2]],
        ['k', ids[1]],
      ] as const) {
        await keyboard.press(key)
        await expect(focused(page)).toHaveAttribute('href', `/support/requests/${id}`)
        await ringed(page)
      }
      await inspect(page, language, 'queue-row')
      await keyboard.press('o')
      await expect(page).toHaveURL(`/support/requests/${ids[1]}`)
    })

    await test.step('the next request, a look at it, and approving it', async () => {
      await page.goto('/support')
      await expect(page.getByRole('button', { name: t('support.take.next') })).toHaveAttribute('aria-keyshortcuts', 'n')
      await keyboard.press('n')
      await expect(page).toHaveURL(`/support/requests/${ids[0]}`)
      await expect(page.getByRole('button', { name: t('support.take.longer') })).toBeVisible()
      await ready(page)
      await keyboard.press('a')
      await expect(focused(page)).toHaveText(t('support.case.decide.approve'))
      await ringed(page)
      // The key leads to the button, and nothing is decided by it.
      await expect(page).toHaveURL(`/support/requests/${ids[0]}`)
      await keyboard.press('Enter')
      await expect(page.getByText(t('support.case.done.approved'))).toBeVisible()
      await ready(page)
      await keyboard.press('n')
      await expect(page).toHaveURL(`/support/requests/${ids[1]}`)
    })

    await test.step('declining one with a reason', async () => {
      await ready(page)
      await keyboard.press('d')
      await expect(page.locator('input[name=reason]').first()).toBeFocused()
      await keyboard.press('Space')
      await page.keyboard.press('Tab')
      await expect(page.getByLabel(t('support.case.decide.note'), { exact: true })).toBeFocused()
      // Letters in a field are letters.
      await keyboard.type('a jam? no/and?')
      await expect(page.getByLabel(t('support.case.decide.note'), { exact: true })).toHaveValue('a jam? no/and?')
      await keyboard.press('Tab')
      await expect(focused(page)).toHaveText(t('support.case.decide.decline'))
      await keyboard.press('Enter')
      await expect(page.getByText(t('support.case.done.declined'))).toBeVisible()
    })

    await test.step('a row’s own keys lead to its page', async () => {
      await page.goto('/support')
      await ready(page)
      await keyboard.press('j')
      await keyboard.press('d')
      await expect(page).toHaveURL(`/support/requests/${ids[2]}#key-d`)
      await expect(page.locator('input[name=reason]').first()).toBeFocused()
      await keyboard.press('t')
      await expect(page.getByRole('button', { name: t('support.take.longer') })).toBeVisible()
      await ready(page)
      // What waits for its decision goes into no other ticket.
      await keyboard.press('m')
      await expect(heard.filter({ hasText: t('atHand.keys.nothing') })).toHaveCount(1)
      await keyboard.press('h')
      await expect(page.locator('select[name=holdMacro], input[name=holdDay]').first()).toBeFocused()
    })

    await test.step('searching', async () => {
      await page.goto('/support')
      await ready(page)
      await keyboard.press('/')
      const box = page.getByLabel(t('support.queue.search'), { exact: true })
      await expect(box).toBeFocused()
      await expect(box).toHaveValue('')
      await keyboard.type('zzz')
      await keyboard.press('Enter')
      await expect(page).toHaveURL(/q=zzz/)
    })

    await test.step('the list of keys, and switching them off', async () => {
      await page.goto('/support')
      await ready(page)
      await keyboard.press('j')
      const row = await focused(page).getAttribute('href')
      await keyboard.press('?')
      const dialog = page.getByRole('dialog', { name: t('atHand.keys.title') })
      await expect(dialog).toBeVisible()
      await inspect(page, language, 'keys')
      for (let presses = 0; presses < 8; presses++) {
        await keyboard.press('Tab')
        // The browser's own bar may have it for a moment, nothing behind the dialog ever.
        expect(
          await page.evaluate(
            () => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null,
          ),
        ).toBe(true)
      }
      await keyboard.press('j')
      await expect(dialog).toBeVisible()
      await keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      await expect(focused(page)).toHaveAttribute('href', row!)

      await keyboard.press('?')
      await dialog.getByRole('button', { name: t('atHand.working.switchOff') }).focus()
      await keyboard.press('Enter')
      await expect(page).toHaveURL('/support/working?done=off')
      await expect(page.getByRole('status').filter({ hasText: t('atHand.working.done.off') })).toBeVisible()
      await inspect(page, language, 'working-off')
      await page.goto('/support')
      await ready(page, 'off')
      await keyboard.press('j')
      await keyboard.press('?')
      await expect(dialog).toBeHidden()
      await expect(focused(page)).toHaveCount(0)
      await expect(page.locator('[aria-keyshortcuts]')).toHaveCount(0)
      // Elsewhere too: it is the person's.
      const another = await browserOf(browser, agent, language)
      await another.goto('/support')
      await ready(another, 'off')
      await another.keyboard.press('j')
      await expect(focused(another)).toHaveCount(0)
      await page.goto('/support/working')
      await page
        .getByRole('button', { name: t('atHand.working.switchOn') })
        .first()
        .focus()
      await keyboard.press('Enter')
      await expect(page.getByText(t('atHand.working.done.on'))).toBeVisible()
      await page.goto('/support')
      await ready(page)
      for (const held of ['Control+j', 'Alt+j', 'Shift+J', 'Meta+j']) await keyboard.press(held)
      await expect(focused(page)).toHaveCount(0)
    })
  })

  test(`languages are chosen, and come with the next request, ${language}`, async ({ browser }) => {
    const page = await browserOf(browser, agent, language, { javaScriptEnabled: false })
    await page.goto('/support')
    await page.getByRole('link', { name: t('atHand.working.link'), exact: true }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('atHand.working.title'))
    for (const box of await page.locator('input[name=languages]').all()) await box.uncheck()
    await page.getByRole('button', { name: t('atHand.working.save') }).click()
    await expect(page).toHaveTitle(new RegExp(`^${t('shell.errorPrefix')}`))
    await expect(page.locator('[data-error-summary]')).toContainText(t('atHand.errors.languages-missing'))
    await page.getByLabel('Français', { exact: true }).check()
    await page.getByRole('button', { name: t('atHand.working.save') }).click()
    await expect(page.getByText(t('atHand.working.done.languages'))).toBeVisible()
    await expect(page.getByLabel('Français', { exact: true })).toBeChecked()
    await expect(page.getByLabel('English', { exact: true })).not.toBeChecked()
    // It was filed in English a moment ago: those who work in it come first.
    await portal.world.file(portal.world.places.own)
    await page.goto('/support')
    await page.getByRole('button', { name: t('support.take.next') }).click()
    await expect(page.getByText(t('support.take.none'))).toBeVisible()
  })

  test(`who else looks is said, and a decision that came too late is refused with what changed, ${language}`, async ({
    browser,
  }) => {
    const requestId = await portal.world.file(portal.world.places.own)
    const first = await browserOf(browser, agent, language)
    // Its page has said that it is open: what is opened after that is told so.
    const beat = first.waitForResponse(/\/lookers$/)
    await first.goto(`/support/requests/${requestId}`)
    await beat
    await expect(first.getByText(t('atHand.presence.text'))).toHaveCount(0)
    await first.getByText(t('support.case.decide.openDecline'), { exact: true }).click()
    await first.locator('input[name=reason]').first().check()
    const note = 'Call us on 206 555 0100.'
    await first.getByLabel(t('support.case.decide.note'), { exact: true }).fill(note)

    const second = await browserOf(browser, lead, language, { javaScriptEnabled: false })
    await second.goto(`/support/requests/${requestId}`)
    const { name } = await nameOf(agent)
    await expect(second.getByText(t('atHand.presence.now', { name }))).toBeVisible()
    // The page that is open learns of it by itself.
    await first.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
    const other = (await nameOf(lead)).name
    await expect(
      first
        .getByText(new RegExp(t('atHand.presence.opened', { name: other, relative: '~', moment: '~' }).split('~')[0]!))
        .last(),
    ).toBeVisible()
    await inspect(first, language, 'case-looked-at')
    await second.getByRole('button', { name: t('support.case.decide.approve') }).click()
    await expect(second.getByText(t('support.case.done.approved'))).toBeVisible()

    await first.getByRole('button', { name: t('support.case.decide.decline') }).click()
    await expect(first).toHaveTitle(new RegExp(`^${t('shell.errorPrefix')}`))
    await expect(first.locator('[data-error-summary]')).toContainText(t('support.errors.changed-meanwhile'))
    await expect(first.getByText(t('support.case.changed'), { exact: true })).toBeVisible()
    await expect(
      first
        .getByRole('listitem')
        .filter({ hasText: t('support.case.events.approved', { who: other }) })
        .first(),
    ).toBeVisible()
    await expect(first.getByText(t('atHand.kept.title'))).toBeVisible()
    await expect(first.getByText(note)).toBeVisible()
    await inspect(first, language, 'case-too-late')

    await first.goto('/support')
    await second.goto(`/support/requests/${requestId}`)
    await expect(second.getByText(t('atHand.presence.text'))).toHaveCount(0)
  })
}

async function nameOf(visitor: string): Promise<{ name: string }> {
  const { actor } = portal.visitors.find(one => one.name === visitor)!
  const id = 'staffId' in actor ? actor.staffId : ''
  return transaction('every-carrier', tx => tx.staff.findUniqueOrThrow({ where: { id }, select: { name: true } }))
}
