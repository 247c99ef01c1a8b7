import type { Page } from '@playwright/test'
import { languages } from '@/messages/language'
import type { Translate } from '@/messages/translate'
import { everybodyInIt } from '@/prisma/demonstration/crowd-people'
import { inspect } from '@/test/e2e/inspect'
import { headerOf, languageOf, mailsAbout } from '@/test/e2e/mail-folder'
import { expect, speak, test } from '@/test/e2e/portal-test'
import { heading } from '@/test/e2e/restore-story'
import { proveIfAsked } from '@/test/e2e/sign-in'
import { withoutCache } from '@/test/e2e/without-cache'

const ofBoreal = everybodyInIt.filter(({ carrier }) => carrier === 'boreal')
const everybody = ofBoreal.map(({ email }) => email).sort()
const inQuebec = ofBoreal.filter(({ region }) => region === 'Québec').map(({ email }) => email)
/** Switch their language in no other test. */
const [french, english] = ['chantal.belanger@boreal.example', 'grace.whitfield@boreal.example']

interface Written {
  titleEn: string
  titleFr: string
  bodyEn: string
  bodyFr: string
}

const first: Written = {
  titleEn: 'Our shops lend chargers',
  titleFr: 'Nos boutiques prêtent des chargeurs',
  bodyEn: 'Dear {{subscriber.name}}, keep your phone **charged**.',
  bodyFr: 'Bonjour {{subscriber.name}}, gardez votre téléphone **chargé**.',
}
const second: Written = {
  titleEn: 'An evening in Québec City',
  titleFr: 'Une soirée à Québec',
  bodyEn: 'We answer questions on Thursday.',
  bodyFr: 'Nous répondons aux questions jeudi.',
}

test.use({ language: 'fr' })

test('a carrier tells its own subscribers, two people agreeing, and nobody else; who leaves hears no more', async ({
  browserOf,
  baseURL,
  t,
}) => {
  test.setTimeout(300_000)
  const author = await browserOf('borealNotices')
  const approver = await browserOf('borealApproval')

  await test.step('the author writes it in both languages, sees how many it reaches, and submits it', async () => {
    await write(author, t, first, null)
    await expect(author.getByRole('main')).toContainText(t('notices.acts.second'))
    await expect(author.getByRole('link', { name: t('notices.approve.title') })).toHaveCount(0)
  })

  await test.step('a second person approves and publishes it', async () => {
    await approveAndPublish(approver, t, first)
  })

  await test.step('every subscriber of the carrier has one mail, in their language, and nobody else any', async () => {
    await expect.poll(() => recipientsOf(first), { timeout: 60_000 }).toEqual(everybody)
    await settled(approver, t)
    expect(await recipientsOf(first)).toEqual(everybody)
    const mail = (await mailsAbout(first.titleFr)).get(french)!
    expect(languageOf(mail)).toBe('fr')
    expect(mail.html).toContain('gardez votre téléphone <strong>chargé</strong>')
    expect(mail.text).toContain('Bonjour Chantal Bélanger')
    expect(languageOf((await mailsAbout(first.titleEn)).get(english)!)).toBe('en')
  })

  await test.step('it is on the public page, and in the account of those it is for', async () => {
    const reader = await withoutCache(await browserOf('elise'))
    await expect(async () => {
      await reader.goto('/fr')
      await expect(reader.getByRole('heading', { name: first.titleFr })).toBeVisible({ timeout: 500 })
    }).toPass({ timeout: 20_000 })
    await reader.goto('/account')
    const told = reader.getByRole('article').filter({ hasText: first.titleFr })
    await expect(told).toContainText('Bonjour Élise Gagnon, gardez votre téléphone chargé.')
    await expect(told.locator('strong')).toHaveText('chargé')
    const other = await browserOf('maya')
    await other.goto('/account')
    await expect(other.getByRole('article').first()).toBeVisible()
    await expect(other.getByRole('main')).not.toContainText(first.titleEn)
    await expect(other.getByRole('main')).not.toContainText(first.titleFr)
  })

  await test.step('one click in a mail program, without any session, ends it for that person', async () => {
    const mail = (await mailsAbout(first.titleFr)).get(french)!
    expect(headerOf(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const url = /^<(https?:[^>]+)>$/.exec(headerOf(mail, 'list-unsubscribe') ?? '')?.[1] ?? ''
    const oneClick = () =>
      fetch(new URL(new URL(url).pathname, author.url()), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
        redirect: 'manual',
      })
    expect((await oneClick()).status).toBe(200)
    expect((await oneClick()).status, 'asked again').toBe(200)

    await approver.goto('/carrier/suppressions')
    await approver
      .getByRole('link', { name: t('notices.suppressions.remove') })
      .first()
      .click()
    for (const language of languages) {
      await speak(approver, language, baseURL)
      await approver.reload()
      await inspect(approver, language, 'suppression-remove')
    }
    await speak(approver, 'fr', baseURL)
  })

  await test.step('the next notice, for a region, reaches those who live there and did not leave', async () => {
    await write(author, t, second, 'Québec')
    await approveAndPublish(approver, t, second)
    const stayed = inQuebec.filter(email => email !== french).sort()
    expect(stayed).toHaveLength(inQuebec.length - 1)
    await expect.poll(() => recipientsOf(second), { timeout: 60_000 }).toEqual(stayed)
    await settled(approver, t)
    expect(await recipientsOf(second)).toEqual(stayed)
  })

  await test.step('what is for a region is in no public file', async () => {
    const reader = await browserOf('elise')
    await reader.goto('/account')
    await expect(reader.getByRole('article').filter({ hasText: second.titleFr })).toBeVisible()
    for (const address of ['/en', '/fr', '/en/history', '/history.atom', '/fr/history.rss', '/api/v2/summary.json']) {
      const text = await (await reader.request.get(address)).text()
      expect(text, address).not.toContain(second.titleEn)
      expect(text, address).not.toContain(second.titleFr)
    }
  })
})

/** Drafts a notice for everybody (null) or one region, and submits it. */
async function write(page: Page, t: Translate, text: Written, region: string | null): Promise<void> {
  await page.goto('/carrier')
  await page.getByRole('link', { name: t('notices.list.write') }).click()
  await page.getByRole('button', { name: t('notices.new.begin') }).click()
  for (const name of ['titleEn', 'titleFr', 'bodyEn', 'bodyFr'] as const)
    await page.getByLabel(t(`notices.fields.${name}`), { exact: true }).fill(text[name])
  await page.getByLabel(t(`notices.audience.${region === null ? 'everyone' : 'some'}`), { exact: true }).check()
  if (region !== null) await page.getByLabel(region, { exact: true }).check()
  await page.getByLabel(t('notices.channels.mail'), { exact: true }).check()
  await page.getByRole('button', { name: t('notices.edit.size'), exact: true }).click()
  await expect(page.locator('#size')).toContainText(String(region === null ? everybody.length : inQuebec.length))
  await page.getByRole('button', { name: t('notices.edit.save'), exact: true }).click()
  await heading(page, text.titleFr)
  await page.getByRole('button', { name: t('notices.acts.submit'), exact: true }).click()
  await expect(page.getByText(t('notices.done.submitted'))).toBeVisible()
}

async function approveAndPublish(page: Page, t: Translate, { titleFr }: Written): Promise<void> {
  await page.goto('/carrier?status=submitted')
  await page.getByRole('link', { name: titleFr }).click()
  await page.getByRole('link', { name: t('notices.approve.title') }).click()
  await confirm(page, t, t('notices.approve.do'))
  await expect(page.getByText(t('notices.done.approved'))).toBeVisible()
  await page.getByRole('link', { name: t('notices.publish.title') }).click()
  await confirm(page, t, t('notices.publish.do'))
  await expect(page.getByText(t('notices.done.published'))).toBeVisible()
}

/** Presses the button; where the act asks for a fresh proof, gives it and presses it again. */
async function confirm(page: Page, t: Translate, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  if (!page.url().includes('/sign-in/again')) return
  await proveIfAsked(page, t)
  await page.getByRole('button', { name, exact: true }).click()
}

/** Waits until the notice that is on the page has been sent to everybody, as its results say. */
async function settled(page: Page, t: Translate): Promise<void> {
  const here = page.url().split('?')[0]
  await expect(async () => {
    await page.goto(`${here}/results`)
    await expect(page.getByText(t('notices.results.going.done'))).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 30_000 })
}

async function recipientsOf({ titleEn, titleFr }: Written): Promise<string[]> {
  return [...(await mailsAbout(titleEn)).keys(), ...(await mailsAbout(titleFr)).keys()].sort()
}
