import type { Page } from '@playwright/test'
import { type Language, languageNames, otherLanguage } from '@/messages/language'
import { inspect } from '@/test/e2e/inspect'
import { type PersonName, people, type SubscriberName } from '@/test/e2e/people'
import { expect, test } from '@/test/e2e/portal-test'
import { asksForProof, proveHere } from '@/test/e2e/prove'
import { aboutWhat, approve, fileChecked, goOn, heading, openCase, referenceOn, until } from '@/test/e2e/restore-story'
import { expectMail } from '@/test/e2e/sent-mail'
import { proveIfAsked } from '@/test/e2e/sign-in'
import { zipEntries } from '@/test/e2e/zip-entries'

interface Told {
  title: string
  language: Language
  who: SubscriberName
  support: PersonName
  scripts: boolean
  width: number
}

const stories: Told[] = [
  { title: 'in English', language: 'en', who: 'daniel', support: 'harborSupport', scripts: true, width: 1280 },
  { title: 'in French', language: 'fr', who: 'noel', support: 'borealSupport', scripts: true, width: 1280 },
  { title: 'without scripts', language: 'en', who: 'marcus', support: 'harborSupport', scripts: false, width: 1280 },
  { title: 'at 360 px', language: 'fr', who: 'luc', support: 'borealSupport', scripts: true, width: 360 },
]

for (const told of stories)
  test.describe(() => {
    const { language, scripts, width } = told
    test.use({ language, javaScriptEnabled: scripts, viewport: { width, height: 900 } })

    test(`a subscriber gets their data back, ${told.title}`, async ({ page, browserOf, t }) => {
      test.setTimeout(240_000)
      const { email, fate } = people[told.who]
      const damaged = fate === 'damaged'
      const fits = async (where: Page = page) => {
        // The address may be there before the page is.
        await where.waitForLoadState()
        const beyond = await where.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect.soft(beyond, `too wide: ${where.url()}`).toBeLessThanOrEqual(0)
      }

      await test.step('signs in by the link on the page', async () => {
        await page.goto('/')
        await expect(page).toHaveURL(`/${language}`)
        await page
          .getByRole('main')
          .getByRole('link', { name: t('statusPage.incident.signInGo') })
          .click()
        await page.getByLabel(t('signIn.email'), { exact: true }).fill(email)
        await page.getByRole('button', { name: t('signIn.send'), exact: true }).click()
        await heading(page, t('signIn.sent.title'))
        await page.getByRole('link', { name: t('signIn.sent.open', { email }) }).click()
        await page.getByRole('button', { name: t('signIn.link.confirm'), exact: true }).click()
        await expect(page).toHaveURL('/account')
        await fits()
      })

      await test.step('home says first what was not recovered', async () => {
        const main = page.getByRole('main')
        const why = main.getByRole('link', { name: t('account.home.seeWhy') })
        const contacts = main.getByRole('link', { name: t('shell.categories.contacts'), exact: true })
        const [above, below] = [await why.boundingBox(), await contacts.boundingBox()]
        expect(above?.y).toBeLessThan(below?.y ?? 0)
        await expect(page.getByRole('heading', { name: t('account.said.heading') })).toBeVisible()
        await why.click()
        await heading(page, t('account.missingPage.title'))
        await fits()
        await page
          .getByRole('link', { name: t('shell.nav.home') })
          .last()
          .click()
      })

      let found = 0
      let name = ''
      await test.step('browses, searches and looks at one record', async () => {
        await page
          .getByRole('main')
          .getByRole('link', { name: t('shell.categories.contacts'), exact: true })
          .click()
        // The link proved an address. What the records say is shown to whoever proves more.
        await expect.poll(() => asksForProof(page)).toBe(true)
        await fits()
        await proveIfAsked(page, t)
        const title = t('account.records.title', { category: t('shell.categoriesInline.contacts') })
        await heading(page, title)
        const records = page.getByRole('list', { name: title }).getByRole('link')
        found = Number(/\d+/.exec(await page.locator('main p[aria-live]').innerText())?.[0])
        expect(found).toBeGreaterThan(3)
        name = await records.nth(4).innerText()
        await page.getByRole('searchbox').fill(name.toUpperCase())
        await page.getByRole('button', { name: t('account.records.go'), exact: true }).click()
        await expect(page.getByRole('searchbox')).toHaveValue(name.toUpperCase())
        await expect(records.first()).toHaveText(name)
        expect(await records.count()).toBeLessThan(found)
        await fits()
        await records.first().click()
        await heading(page, name)
        await fits()
        if (!damaged) return
        await page.goto('/account/records')
        await page.getByRole('link', { name: t('account.records.damaged') }).click()
        await records.first().click()
        await expect(page.getByText(t('account.record.damagedTitle'))).toBeVisible()
        await proveHere(page, t)
        const download = page.waitForEvent('download')
        await page.getByRole('link', { name: t('account.record.download') }).click()
        expect(await (await download).failure()).toBeNull()
      })

      const held = async () => {
        await page.goto('/account/devices')
        await page.getByRole('link', { name: t('devices.look') }).click()
        await heading(page, t('devices.now.title', { label: language === 'en' ? 'My phone' : 'Mon téléphone' }))
        await fits()
        const row = page.getByRole('row').filter({ hasText: t('shell.categories.contacts') })
        return Number(await row.getByRole('cell').first().innerText())
      }
      let before = 0
      await test.step('looks at what the device account holds', async () => {
        before = await held()
        expect(before).toBe(4)
      })

      await test.step('answers one question a page', async () => {
        await page.goto('/account')
        await page.getByRole('link', { name: t('account.home.restore') }).click()
        await heading(page, t('restore.what.title'))

        await goOn(page, t)
        await expectProblem(page, t('restore.errors.choose-something'))
        await fits()
        for (const category of ['contacts', 'calendar', 'notes', 'photos'] as const)
          await page.getByLabel(t(`shell.categories.${category}`), { exact: true }).check()
        await goOn(page, t)

        await heading(page, t('restore.records.title'))
        await page.getByLabel(t('restore.records.some')).check()
        await goOn(page, t)
        await page.getByLabel(name, { exact: true }).first().selectOption('out')
        await page.getByRole('button', { name: t('restore.choose.keep') }).click()
        await expect(page.getByText(t('restore.choose.kept'))).toBeVisible()
        await fits()
        await page.getByRole('button', { name: t('restore.choose.done') }).click()

        await heading(page, t('restore.account.title'))
        await fits()
        await goOn(page, t)

        await heading(page, t('restore.rule.title'))
        await goOn(page, t)
        await expectProblem(page, t('restore.errors.choose-rule'))
        await page.locator('input[value=keep_both]').check()
        await fits()
        await goOn(page, t)
      })

      await test.step('goes back with the answers kept, and changes one', async () => {
        await heading(page, t('restore.check.title'))
        await page.getByRole('link', { name: t('shell.back'), exact: true }).click()
        await expect(page.locator('input[value=keep_both]')).toBeChecked()
        await page.getByRole('link', { name: t('shell.back'), exact: true }).click()
        await expect(page.locator('input[name=account]')).toBeChecked()
        await goOn(page, t)
        await heading(page, t('restore.check.title'))
        await page.getByRole('link', { name: aboutWhat(t('shell.change'), t('restore.check.rule')) }).click()
        await page.locator('input[value=merge]').check()
        await goOn(page, t)
        await heading(page, t('restore.check.title'))
        await expect(page.getByText(t('requests.rules.merge'), { exact: true })).toBeVisible()
        await fits()
      })

      let reference = ''
      await test.step('files it, and however often it is sent, one request', async () => {
        const check = page.url()
        await page.getByRole('button', { name: t('restore.check.file') }).dblclick()
        if (asksForProof(page)) {
          await proveIfAsked(page, t)
          await fileChecked(page, t)
        }
        await heading(page, t('restore.filed.title'))
        reference = await referenceOn(page)
        await page.reload()
        expect(await referenceOn(page)).toBe(reference)
        await fits()
        await page.goto(check)
        await fileChecked(page, t)
        expect(await referenceOn(page)).toBe(reference)
        await page.goto('/account/restores')
        await expect(page.getByRole('main').getByRole('row')).toHaveCount(2)
        await fits()
      })

      const mailbox = { reference, to: email }
      const reader = await browserOf(null)
      await expectMail(reader, language, 'filed', mailbox)

      const support = await browserOf(told.support)
      await test.step('support reads the case, counts only, and approves', async () => {
        await support.goto('/support')
        await fits(support)
        await openCase(support, t, reference)
        await expect(support.getByRole('main')).toContainText(people[told.who].id)
        await expect(support.getByRole('main')).not.toContainText(name)
        await fits(support)
        await approve(support, t, reference)
        await fits(support)
      })

      await test.step('the subscriber watches until it is finished', async () => {
        await page.getByRole('link', { name: reference }).click()
        await until(page, t('requests.report.counts'), scripts)
        await fits()
      })
      await expectMail(reader, language, 'approved', mailbox)
      await expectMail(reader, language, 'finished', mailbox)

      await test.step('the report accounts for every record', async () => {
        const numbers = await tableOf(page, t('requests.report.counts'))
        const columns = ['created', 'merged', 'keptBoth', 'alreadyPresent', 'skipped', 'failed'] as const
        const heads = numbers[0]!
        const settled = columns.map(column => heads.indexOf(t(`requests.report.columns.${column}`)))
        let all = 0
        let plain = 0
        for (const row of numbers.slice(1)) {
          const counted = settled.reduce((sum, at) => sum + (at < 0 ? 0 : Number(row[at])), 0)
          expect(counted, row.join(' ')).toBe(Number(row[heads.indexOf(t('requests.report.columns.found'))]))
          all += counted
          plain += Number(row[settled[0]!])
        }
        const main = page.getByRole('main')
        await expect(main).toContainText(t('reasons.outcome.left-out'))
        if (damaged) await expect(main).toContainText(t('reasons.outcome.damaged'))
        expect(Number(numbers[1]![settled[1]!]), 'merged').toBeGreaterThan(0)

        await page.getByRole('link', { name: t('requests.report.more') }).click()
        await heading(page, t('requests.report.listTitle'))
        await fits()
        const lines = await main.locator('section').getByRole('listitem').allInnerTexts()
        expect(lines).toHaveLength(all - plain)
        for (const line of lines) expect(line.trim().split('\n').length, line).toBeGreaterThanOrEqual(4)
        await page.goBack()
      })

      await test.step('downloads everything', async () => {
        const request = page.url()
        await page.goto('/account/download')
        await fits()
        await proveHere(page, t)
        const saved = page.waitForEvent('download')
        await page.getByRole('link', { name: t('account.download.go') }).click()
        const stream = await (await saved).createReadStream()
        const entries = zipEntries(Buffer.concat(await stream.toArray()))
        const names = [...entries.keys()]
        expect(names).toEqual(expect.arrayContaining(['contacts.vcf', 'calendar.ics', 'report.csv']))
        expect(names.some(one => /^photos\/.+\.jpg$/.test(one))).toBe(true)
        expect(names.some(one => one.startsWith('damaged/'))).toBe(damaged)
        expect(entries.get('contacts.vcf')?.toString()).toContain('BEGIN:VCARD')
        const csv = entries.get('report.csv')?.toString() ?? ''
        expect(csv).toContain(t('account.download.csv.missing'))
        expect(csv).toContain(name)
        await page.goto(request)
      })

      await test.step('undoes it, and the account is as it was', async () => {
        expect(await held()).toBeGreaterThan(before)
        await page.goto('/account/restores')
        await page.getByRole('link', { name: reference }).click()
        await page.getByRole('link', { name: t('requests.undo.go') }).click()
        await heading(page, t('requests.undo.title'))
        await fits()
        await page.getByRole('button', { name: t('requests.undo.confirm') }).click()
        if (asksForProof(page)) {
          await proveIfAsked(page, t)
          await page.getByRole('button', { name: t('requests.undo.confirm') }).click()
        }
        await until(page, t('requests.undo.doneTitle'), scripts)
        await fits()
        if (told.who === 'daniel') await inspect(page, language, 'undone')
        await expectMail(reader, language, 'undone', mailbox)
        expect(await held()).toBe(before)
      })

      await test.step('reads the same page in the other language, and signs out', async () => {
        const other = otherLanguage(language)
        await page.goto('/account/restores')
        await page.getByRole('button', { name: languageNames[other] }).click()
        await expect(page).toHaveURL('/account/restores')
        await expect(page.locator('html')).toHaveAttribute('lang', other)
        await page.getByRole('button', { name: languageNames[language] }).click()
        await page.getByRole('button', { name: t('shell.nav.signOut') }).click()
        await expect(page).toHaveURL(`/${language}`)
        await page.goto('/account')
        await expect(page).toHaveURL(/\/sign-in\?next=/)
      })

      async function expectProblem(where: Page, sentence: string): Promise<void> {
        const summary = where.getByRole('alert').filter({ hasText: t('shell.problem') })
        await expect(summary).toBeFocused()
        await expect(where).toHaveTitle(new RegExp(`^${t('shell.errorPrefix')}`))
        await summary.getByRole('link', { name: sentence }).click()
        await expect(where.locator(':target')).toBeVisible()
      }
    })
  })

async function tableOf(page: Page, caption: string): Promise<string[][]> {
  const rows = page.getByRole('table', { name: caption }).getByRole('row')
  // A cell says its column's name to narrow screens.
  return rows.evaluateAll(all =>
    all.map(row => [...row.children].map(cell => (cell.querySelector('div') ?? cell).textContent?.trim() ?? '')),
  )
}
