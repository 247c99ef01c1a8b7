import type { Page } from '@playwright/test'
import { languages } from '@/messages/language'
import type { Translate } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { people } from '@/test/e2e/people'
import { expect, speak, test } from '@/test/e2e/portal-test'
import { enterCode } from '@/test/e2e/prove'
import { aboutWhat, approve, approveByHalf, file, goOn, heading } from '@/test/e2e/restore-story'
import { expectMail } from '@/test/e2e/sent-mail'
import { signIn } from '@/test/e2e/sign-in'
import { waitOver } from '@/test/e2e/wait-over'
import { everything, type Script, type ScriptedDav, startScriptedDav } from '@/test/faults/scripted-dav'

const label = 'Tablet'

/** What asks for a code does so before anything is entered: a password is not kept on the way. */
async function addAccount(page: Page, t: Translate, dav: ScriptedDav, email: string): Promise<void> {
  await page.goto('/account/security/prove?next=/account/devices/new')
  await enterCode(page, t, email)
  await page.goto('/account/devices/new')
  await page.getByLabel(t('devices.new.url'), { exact: true }).fill(dav.url)
  await page.getByLabel(t('devices.new.username'), { exact: true }).fill('someone')
  await page.getByLabel(t('devices.new.password'), { exact: true }).fill('secret word')
  await page.getByLabel(t('devices.new.filesUrl'), { exact: true }).fill(`${dav.url}files/`)
  await page.getByLabel(t('devices.new.label'), { exact: true }).fill(label)
  await page.getByRole('button', { name: t('devices.new.add') }).click()
  await heading(page, t('devices.now.title', { label }))
  await waitOver(email, label)
}

/** Requests that match are answered only after `open` was called. */
function gate(matches: (method: string, path: string) => boolean) {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  const script: Script = async (request, next) => {
    if (matches(request.method, request.path)) await opened
    return next()
  }
  return { script, open }
}

const refuse: Script = () => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="device"' } })

test('progress is watched live, through a refused password to the end', async ({ page, browserOf, t, baseURL }) => {
  test.setTimeout(240_000)
  const { email } = people.lena
  const dav = await startScriptedDav(undefined, everything)
  try {
    await signIn(page, t, email)
    await test.step('an account that cannot be used is not added, and what was entered is kept', async () => {
      await page.goto('/account/devices/new')
      await page.getByLabel(t('devices.new.url'), { exact: true }).fill('https://10.0.0.1/')
      await page.getByLabel(t('devices.new.username'), { exact: true }).fill('someone')
      await page.getByLabel(t('devices.new.password'), { exact: true }).fill('secret word')
      await page.getByRole('button', { name: t('devices.new.add') }).click()
      const summary = page.getByRole('alert').filter({ hasText: t('shell.problem') })
      await expect(summary).toBeFocused()
      await expect(summary).toContainText(t('devices.errors.account-forbidden-address'))
      await expect(page.getByLabel(t('devices.new.username'), { exact: true })).toHaveValue('someone')
      await expect(page.getByLabel(t('devices.new.password'), { exact: true })).toHaveValue('')
    })
    await addAccount(page, t, dav, email)
    const reference = await file(page, t, { categories: ['contacts', 'calendar'], account: label })

    const looking = gate(method => method === 'REPORT' || method === 'PROPFIND')
    dav.become(looking.script)
    await approveByHalf(await browserOf('lead'), t, reference)
    await approve(await browserOf('harborSupport'), t, reference)
    await page.getByRole('link', { name: t('restore.filed.see') }).click()

    await test.step('while nobody knows how much there is, it says what it does', async () => {
      await expect(async () => {
        await page.reload()
        await heading(page, t('requests.progress.titlePlanning'))
      }).toPass()
      await expect(page.getByRole('progressbar')).toHaveCount(0)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      const moving = () => document.getAnimations().filter(one => one.playState === 'running').length
      expect(await page.evaluate(moving)).toBe(0)
      await page.emulateMedia({ reducedMotion: 'no-preference' })
      expect(await page.evaluate(moving)).toBeGreaterThan(0)
      await inEveryLanguage(page, baseURL, 'request-planning')
    })

    const pushing = gate((method, path) => method === 'PUT' && path.startsWith('/u/events/'))
    dav.become(pushing.script)
    looking.open()
    const bar = page.getByRole('progressbar')
    await test.step('contacts are back, the calendar is not: the page moves by itself', async () => {
      await expect(bar).toBeVisible({ timeout: 30_000 })
      await expect(bar).toHaveAttribute('aria-valuenow', /^[1-9]\d$/, { timeout: 30_000 })
      await expect(page.getByText(reference)).toBeVisible()
      await expect(page.getByRole('main')).toContainText(t('requests.progress.unknown').split('.')[0]!)
      const now = Number(await bar.getAttribute('aria-valuenow'))
      await inEveryLanguage(page, baseURL, 'request-running')
      expect(Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThanOrEqual(now)
    })

    await test.step('the server refuses the password: it waits and says what to do', async () => {
      dav.become(refuse)
      pushing.open()
      await heading(page, t('reasons.wait.password-refused.title'))
      await inEveryLanguage(page, baseURL, 'request-waiting')
      await expectMail(await browserOf(null), 'en', 'needsYou', { reference, to: email })
      await page.goto('/account')
      await inEveryLanguage(page, baseURL, 'home-needs-you')
      await page.getByRole('link', { name: t('account.home.request.see') }).click()
    })

    await test.step('a new password is tried at once, and the restore goes on to its end', async () => {
      await page.getByRole('link', { name: t('requests.waiting.password') }).click()
      await inEveryLanguage(page, baseURL, 'device-password')
      const password = page.getByLabel(t('devices.renew.password', { username: 'someone' }), { exact: true })
      await password.fill('wrong word')
      await page.getByRole('button', { name: t('devices.renew.save') }).click()
      await expect(page.getByRole('alert').first()).toContainText(t('devices.errors.account-unauthorized'))
      dav.become((_request, next) => next())
      await password.fill('right word')
      await page.getByRole('button', { name: t('devices.renew.save') }).click()
      await expect(page.getByText(t('requests.report.counts')).first()).toBeVisible({ timeout: 60_000 })
      expect(dav.store.locate('/u/events/x').collection?.items.size).toBeGreaterThan(0)
    })

    await test.step('a server that is gone is told as that', async () => {
      await dav.close()
      await page.goto('/account/devices')
      await page.getByRole('link', { name: aboutWhat(t('devices.look'), label) }).click()
      await expect(page.getByText(t('devices.now.trouble'))).toBeVisible({ timeout: 30_000 })
      await inEveryLanguage(page, baseURL, 'device-unreachable')
    })
  } finally {
    await dav.close()
  }
})

test('what waits for staff is found among the stuck work and let go on', async ({ page, browserOf, t, baseURL }) => {
  test.setTimeout(180_000)
  const { email } = people.ruth
  const dav = await startScriptedDav(undefined, everything)
  try {
    await signIn(page, t, email)
    await addAccount(page, t, dav, email)
    const reference = await file(page, t, { categories: ['contacts'], account: label })
    dav.become(() => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' }))
    const support = await browserOf('harborSupport')
    await approveByHalf(await browserOf('lead'), t, reference)
    await approve(support, t, reference)
    await page.getByRole('link', { name: t('restore.filed.see') }).click()
    await expect(async () => {
      await page.reload()
      await heading(page, t('reasons.wait.server-not-understood.title'))
    }).toPass({ timeout: 30_000 })
    await inEveryLanguage(page, baseURL, 'request-waits-for-support')
    await support.reload()
    await inEveryLanguage(support, baseURL, 'case-waiting')

    const admin = await browserOf('admin')
    await admin.goto('/admin/work')
    const row = admin.getByRole('row').filter({ hasText: reference })
    await expect(row).toContainText(t('support.waits.server-not-understood'))
    await inEveryLanguage(admin, baseURL, 'work-stuck')
    dav.become((_request, next) => next())
    await row.getByRole('button', { name: t('admin.work.resume') }).click()
    await expect(admin.getByText(t('admin.work.resumed', { reference }))).toBeVisible()
    await expect(page.getByText(t('requests.report.counts')).first()).toBeVisible({ timeout: 60_000 })
  } finally {
    await dav.close()
  }
})

test('an account is added on the way, and the answers given before are still there', async ({ browserOf, t }) => {
  const page = await browserOf('maya')
  await page.goto('/account/restore')
  await page.getByLabel(t('shell.categories.tasks'), { exact: true }).check()
  await goOn(page, t)
  await page.locator('input[name=extent][value=all]').check()
  await goOn(page, t)
  await page.getByRole('link', { name: t('restore.account.add') }).click()
  await heading(page, t('devices.new.title'))
  await page.getByRole('link', { name: t('shell.back'), exact: true }).click()
  await heading(page, t('restore.account.title'))
  expect(new URL(page.url()).searchParams.get('extent')).toBe('all')
})

async function inEveryLanguage(page: Page, baseURL: string | undefined, name: string): Promise<void> {
  for (const language of languages.toReversed()) {
    await speak(page, language, baseURL)
    await page.reload()
    await inspect(page, language, name)
  }
}
