import type { Page } from '@playwright/test'
import { type Language, languages } from '@/messages/language'
import { mail as mailEn } from '@/messages/mail/en'
import { mail as mailFr } from '@/messages/mail/fr'
import { type Translate, translator } from '@/messages/translate'
import { everybodyInIt } from '@/prisma/demonstration/crowd-people'
import { inspect } from '@/test/e2e/inspect'
import { headerOf, languageOf, mailsAbout } from '@/test/e2e/mail-folder'
import { expect, test } from '@/test/e2e/portal-test'
import { aboutWhat, heading } from '@/test/e2e/restore-story'
import { fillOpening, fillStatement, plain, type Statement } from '@/test/e2e/statement-form'
import { withoutCache } from '@/test/e2e/without-cache'

const title = { en: 'Text messages arrive late', fr: 'Les messages texte arrivent en retard' }
/** Ends what she is told in another story that runs beside this one. */
const leaves = 'chantal.belanger@boreal.example'
const everybody = everybodyInIt.map(({ email }) => email).filter(email => email !== leaves)
const catalogue = { en: mailEn, fr: mailFr }

const first: Statement = {
  state: 'identified',
  body: {
    en: 'Messages are **delayed** by some minutes. None is lost.',
    fr: 'Les messages sont **retardés** de quelques minutes. Aucun n’est perdu.',
  },
  fares: 'partial_outage',
}
const second: Statement = {
  state: 'monitoring',
  body: { en: 'The queue is half as long as it was.', fr: 'La file est deux fois plus courte.' },
  fares: 'partial_outage',
}
const last: Statement = {
  state: 'resolved',
  body: { en: 'Messages arrive at once again.', fr: 'Les messages arrivent de nouveau tout de suite.' },
  fares: 'operational',
}

test('an incident is opened, spoken of and resolved: the page says so within seconds, and those affected hear of it', async ({
  browserOf,
  t,
}) => {
  test.setTimeout(300_000)
  const manager = await browserOf('incidents')
  const reader = await withoutCache(await browserOf(null))
  const maya = await browserOf('maya')
  let address = ''

  await test.step('the manager opens it, and sees it as it will be read before it is public', async () => {
    await fillOpening(manager, t, { title, statement: first })
    expect(await inSummary(reader), 'public before it was published').toBeUndefined()
    await manager.getByRole('button', { name: t('incidents.preview.publish'), exact: true }).click()
    await expect(manager.getByText(t('incidents.done.opened.title'))).toBeVisible()
  })

  await test.step('page, JSON and feed say it within seconds', async () => {
    address = await isPublished(reader, first)
    await expect.poll(async () => (await inSummary(reader))?.status, { timeout: 10_000 }).toBe('identified')
  })

  await test.step('every subscriber of the two carriers has a mail in their language, once', async () => {
    await isMailed(first)
    const mail = (await mailsAbout(subjectOf(first, 'en'))).get('maya.torres@harbor.example')!
    expect(languageOf(mail)).toBe('en')
    expect(mail.html).toContain('<strong>delayed</strong>')
    expect(headerOf(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const french = (await mailsAbout(subjectOf(first, 'fr'))).get('mathieu.cote@boreal.example')!
    expect(languageOf(french)).toBe('fr')
    expect(french.text).toContain('Les messages sont retardés')
  })

  await test.step('a subscriber reads it in their own area, with the advice that holds on every page', async () => {
    await maya.goto('/account')
    await maya.getByRole('link', { name: aboutWhat(t('ownIncident.more'), title.en) }).click()
    await heading(maya, title.en)
    await expect(maya.getByRole('main')).toContainText(t('ownIncident.you.unknown'))
    await expect(maya.getByRole('main').locator('#statement-1 strong')).toHaveText('delayed')
    const pinned = maya.getByRole('complementary', { name: t('ownIncident.advice.pinned') })
    await expect(pinned).toContainText('erase the phone before your report says that your data is back')
    await inspect(maya, 'en', 'own-incident-fresh')
    await maya.goto('/account/devices')
    await expect(pinned).toContainText(t('ownIncident.advice.doNot'))
    const answer = await maya.request.get(maya.url())
    expect(answer.headers()['cache-control']).toContain('no-store')
  })

  await test.step('the manager speaks again before the promised time', async () => {
    await speakAgain(manager, t, second)
    await isPublished(reader, second, address)
    await reader.goto(`/en/incidents/${address}`)
    await expect(reader.getByText(t('statusPage.promises.kept'), { exact: true })).toHaveCount(1)
    await isMailed(second)
  })

  await test.step('the manager resolves it', async () => {
    await speakAgain(manager, t, last)
    await isPublished(reader, last, address)
    await expect.poll(() => inSummary(reader), { timeout: 10_000 }).toBeUndefined()
    const { incidents } = await (await reader.request.get('/api/v2/incidents.json')).json()
    const mine = incidents.find((one: { name: string }) => one.name === title.en)
    expect(mine).toMatchObject({ status: 'resolved' })
    expect(mine.incident_updates.map((one: { status: string }) => one.status)).toEqual([
      'resolved',
      'monitoring',
      'identified',
    ])
    await isMailed(last)
  })

  await test.step('what was said stands in both languages, and every promise was kept', async () => {
    for (const language of languages) {
      const spoken = translator(language)
      await reader.goto(`/${language}/incidents/${address}`)
      await heading(reader, title[language])
      for (const [i, { body }] of [first, second, last].entries())
        await expect(reader.locator(`#statement-${i + 1}`)).toContainText(plain(body[language]))
      await expect(reader.getByText(spoken('statusPage.promises.missed'), { exact: true })).toHaveCount(0)
      await inspect(reader, language, 'incident-resolved')
    }
  })
})

async function speakAgain(page: Page, t: Translate, statement: Statement): Promise<void> {
  await page.getByRole('link', { name: t('incidents.say.title'), exact: true }).click()
  await fillStatement(page, t, statement)
  await page.getByRole('button', { name: t('incidents.preview.publish'), exact: true }).click()
  await expect(page.getByText(t('incidents.done.said.title'))).toBeVisible()
}

/** Waits until both languages' pages and the feeds say it. Answers the incident's part of the address. */
async function isPublished(page: Page, { state, body }: Statement, address?: string): Promise<string> {
  for (const language of languages) {
    await expect(async () => {
      await page.goto(address === undefined ? `/${language}` : `/${language}/incidents/${address}`)
      const link = page.getByRole('link', { name: title[language] }).first()
      if (address === undefined) await link.click({ timeout: 500 })
      await expect(page.getByRole('main')).toContainText(plain(body[language]), { timeout: 500 })
    }).toPass({ timeout: 10_000 })
    await expect(page.getByRole('main')).toContainText(translator(language)(`statusPage.phase.${state}`))
    const feed = language === 'en' ? '/history.atom' : '/fr/history.atom'
    await expect
      .poll(async () => (await page.request.get(feed)).text(), { timeout: 10_000 })
      .toContain(body[language].split('**')[0])
  }
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

async function inSummary(page: Page): Promise<{ status: string } | undefined> {
  const { incidents } = await (await page.request.get('/api/v2/summary.json')).json()
  return incidents.find((one: { name: string }) => one.name === title.en)
}

const subjectOf = ({ state }: Statement, language: Language): string => {
  const words = catalogue[language]
  return words.update.subject.replace('{state}', words.state[state]).replace('{title}', title[language])
}

/** One mail each, in either language: nobody twice, nobody left out, nobody else. */
async function isMailed(statement: Statement): Promise<void> {
  const recipients = async () => {
    const told = await Promise.all(languages.map(language => mailsAbout(subjectOf(statement, language))))
    return told.flatMap(mails => [...mails.keys()]).filter(email => email !== leaves)
  }
  await expect.poll(async () => (await recipients()).sort(), { timeout: 60_000 }).toEqual([...everybody].sort())
}
