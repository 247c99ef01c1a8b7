import { randomUUID } from 'node:crypto'
import { type CDPSession, expect, type Page } from '@playwright/test'
import { mail } from '@/messages/mail/en'
import type { Translate } from '@/messages/translate'
import { inspect } from '@/test/e2e/inspect'
import { mailsAbout } from '@/test/e2e/mail-folder'
import { speak, test } from '@/test/e2e/portal-test'
import { proveIfAsked } from '@/test/e2e/sign-in'

/** A device of Chromium's own making, which answers at once. */
async function device(cdp: CDPSession, transport: 'internal' | 'usb'): Promise<void> {
  const options = { protocol: 'ctap2', transport, hasResidentKey: true, hasUserVerification: true } as const
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { ...options, isUserVerified: true, automaticPresenceSimulation: true },
  })
}

async function devicesOf(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  return cdp
}

/** Presses the button; where the act asks for a fresh proof, gives it and presses it again. */
async function press(page: Page, t: Translate, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  if (!page.url().includes('/sign-in/again')) return
  await proveIfAsked(page, t)
  await page.getByRole('button', { name, exact: true }).click()
}

/** The invitation's own address, which only the mail holds. */
async function invitationOf(email: string): Promise<string> {
  const link = /https?:\/\/\S+\/sign-in\/invitation\?[^\s>")]+/.exec(
    (await mailsAbout(mail.enrol.subject)).get(email)?.text ?? '',
  )
  const { pathname, search } = new URL(link?.[0] ?? '')
  return `${pathname}${search}`
}

test('whoever is invited enrols, signs in, names and revokes their own passkeys', async ({ browserOf, baseURL, t }) => {
  const email = `invited-${randomUUID().slice(0, 8)}@homeward.example`
  const admin = await browserOf('admin')
  await admin.goto('/admin/people/new')
  await admin.getByLabel(t('admin.people.columns.name'), { exact: true }).fill('Nora Invited')
  await admin.getByLabel(t('admin.people.columns.email'), { exact: true }).fill(email)
  await admin.getByLabel(t('admin.people.columns.role'), { exact: true }).selectOption('incident_manager')
  await admin.getByRole('button', { name: t('admin.people.new.do') }).click()
  await expect(admin.getByText(t('admin.people.done.added', { name: 'Nora Invited' }))).toBeVisible()
  const memberPage = admin.url().split('?')[0] ?? ''
  await press(admin, t, t('admin.people.invite.do'))
  await expect(admin.getByText(t('admin.people.done.invited', { name: 'Nora Invited' }))).toBeVisible()
  await inspect(admin, 'en', 'person-invited')
  const invitation = await invitationOf(email)

  const nora = await browserOf(null)
  const cdp = await devicesOf(nora)
  await test.step('enrols by the invitation, which works once', async () => {
    await device(cdp, 'internal')
    await nora.goto(invitation)
    await inspect(nora, 'en', 'invitation')
    await nora.getByRole('button', { name: t('passkeys.invitation.begin') }).click()
    await inspect(nora, 'en', 'invitation-device')
    await nora.getByLabel(t('passkeys.name'), { exact: true }).fill('Work laptop')
    await nora.getByRole('button', { name: t('passkeys.create') }).click()
    await expect(nora).toHaveURL('/admin/incidents')
    await nora.goto(invitation)
    await expect(nora.getByRole('heading', { level: 1 })).toHaveText(t('passkeys.invitation.overTitle'))
  })

  await test.step('signs out, and in again with the passkey', async () => {
    await nora.getByRole('button', { name: t('shell.nav.signOut') }).click()
    await nora.goto('/sign-in')
    await nora.getByRole('button', { name: t('passkeys.signIn.begin'), exact: true }).click()
    await expect(nora).toHaveURL('/admin/incidents')
  })

  await test.step('adds one more on another device, names and revokes it', async () => {
    await nora.goto('/security')
    await nora.getByRole('button', { name: t('passkeys.add') }).click()
    await nora.getByLabel(t('passkeys.name'), { exact: true }).fill('Blue key')
    await nora.getByRole('button', { name: t('passkeys.create') }).click()
    await expect(nora.getByText(t('passkeys.device.known'))).toBeVisible()
    await device(cdp, 'usb')
    await nora.getByRole('button', { name: t('passkeys.create') }).click()
    await expect(nora.getByText(t('passkeys.done.added'))).toBeVisible()

    await nora.getByText(t('passkeys.change', { name: 'Blue key' })).click()
    const open = nora.locator('details[open]')
    await open.getByLabel(t('passkeys.name')).fill('Green key')
    await open.getByRole('button', { name: t('passkeys.rename') }).click()
    await expect(nora.getByRole('heading', { name: 'Green key' })).toBeVisible()
    for (const language of ['fr', 'en'] as const) {
      await speak(nora, language, baseURL)
      await nora.reload()
      await inspect(nora, language, 'security')
    }
    await nora.getByText(t('passkeys.change', { name: 'Green key' })).click()
    await nora
      .locator('details[open]')
      .getByRole('button', { name: t('passkeys.revoke') })
      .click()
    await expect(nora.getByText(t('passkeys.done.revoked'))).toBeVisible()
    await expect(nora.getByRole('heading', { name: 'Green key' })).toHaveCount(0)
  })

  await test.step('another role ends the session for the very next page', async () => {
    await admin.goto(memberPage)
    await admin.getByLabel(t('admin.people.role.label')).selectOption('auditor')
    await press(admin, t, t('admin.people.role.do'))
    await expect(admin.getByText(t('admin.people.done.role', { name: 'Nora Invited' }))).toBeVisible()
    await nora.goto('/admin/incidents')
    await expect(nora).toHaveURL(/\/sign-in\?next=/)
  })
})

test('without scripts the sign-in says what a passkey needs', async ({ browserOf, t }) => {
  const page = await browserOf(null, { javaScriptEnabled: false })
  await page.goto('/sign-in')
  await page.getByRole('button', { name: t('passkeys.signIn.begin'), exact: true }).click()
  await page.getByRole('button', { name: t('passkeys.device.ask') }).click()
  await expect(page.getByRole('alert')).toContainText(t('passkeys.errors.passkey-script'))
})
