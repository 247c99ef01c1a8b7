import type { Locator, Page } from '@playwright/test'
import { people } from '@/test/e2e/people'
import { expect, test } from '@/test/e2e/portal-test'
import { heading, referenceOn } from '@/test/e2e/restore-story'

/** Goes on with Tab until the part has the focus; on the way whatever has it must show that it has. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab')
    // In one step: what has the focus now may not be there any more a moment later.
    const { ring, what, reached } = await wanted.evaluate(element => {
      const focused = document.activeElement ?? document.body
      const { outlineStyle, outlineWidth } = getComputedStyle(focused)
      return {
        ring: focused === document.body ? null : outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
        what: focused.outerHTML.slice(0, 120),
        reached: focused === element,
      }
    })
    if (ring === null) continue
    expect(ring, `no ring around ${what}`).toBeGreaterThan(1)
    if (reached) return
  }
  throw new Error(`The Tab key does not reach ${wanted}.`)
}

test('data is asked for back with the keyboard alone', async ({ page, t }) => {
  test.setTimeout(180_000)
  const { email } = people.ingrid
  const press = async (part: Locator, key = 'Enter') => {
    await tabTo(page, part)
    await page.keyboard.press(key)
  }
  const next = page.getByRole('button', { name: t('restore.next'), exact: true })

  await page.goto('/sign-in')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: t('shell.skip') })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await tabTo(page, page.getByLabel(t('signIn.email'), { exact: true }))
  await page.keyboard.type(email)
  await page.keyboard.press('Enter')
  await press(page.getByRole('link', { name: t('signIn.sent.open', { email }) }))
  await heading(page, t('signIn.link.title'))
  await press(page.getByRole('button', { name: t('signIn.link.confirm'), exact: true }))
  await expect(page).toHaveURL('/account')

  await press(page.getByRole('link', { name: t('account.home.restore') }))
  await heading(page, t('restore.what.title'))
  await press(page.getByLabel(t('shell.categories.contacts'), { exact: true }), 'Space')
  await press(page.getByLabel(t('shell.categories.notes'), { exact: true }), 'Space')
  await press(next)

  await heading(page, t('restore.records.title'))
  await press(page.locator('input[name=extent]').first(), 'ArrowDown')
  await expect(page.locator('input[name=extent][value=some]')).toBeChecked()
  await press(next)
  // What single records say is shown to whoever has just proved who they are.
  await heading(page, t('identity.prove.title'))
  await press(page.getByRole('button', { name: t('passkeys.prove.demonstration'), exact: true }))
  await expect(page).toHaveURL(/\/account\/restore\/choose/)
  await tabTo(page, page.locator('select').first())
  await page.keyboard.press('ArrowDown')
  await press(page.getByRole('button', { name: t('restore.choose.done') }))

  await heading(page, t('restore.account.title'))
  await press(next)
  await heading(page, t('restore.rule.title'))
  await press(next)
  const summary = page.getByRole('alert').filter({ hasText: t('shell.problem') })
  await expect(summary).toBeFocused()
  await press(summary.getByRole('link'))
  await expect(page.locator('input[name=rule]').first()).toBeFocused()
  await page.keyboard.press('Space')
  await press(next)

  await heading(page, t('restore.check.title'))
  await press(page.getByRole('button', { name: t('restore.check.file') }))
  await heading(page, t('restore.filed.title'))
  await referenceOn(page)
})
