import { expect, type Page } from '@playwright/test'
import { clockIn } from '@/app/_shell/local-time'
import { type Language, languages } from '@/messages/language'
import type { Translate } from '@/messages/translate'
import { components } from '@/prisma/demonstration/incident'

/** The part of the service that the statements of these tests are about. */
const part = components.find(({ key }) => key === 'calls')!
const partNames = [part.nameEn, part.nameFr]

export interface Statement {
  state: 'identified' | 'monitoring' | 'resolved'
  /** Markdown. */
  body: Record<Language, string>
  fares: 'partial_outage' | 'operational'
}

const inLanguage = (t: Translate, language: Language, what: string) => t(`incidents.inLanguage.${language}`, { what })

/** Markdown's bold words as they are read. */
export const plain = (markdown: string) => markdown.replaceAll('**', '')

/** From the list of incidents to a filled-in form for a new one. */
export async function fillOpening(
  page: Page,
  t: Translate,
  { title, statement }: { title: Record<Language, string>; statement: Statement },
): Promise<void> {
  await page.goto('/admin/incidents')
  await page.getByRole('link', { name: t('incidents.list.open') }).click()
  for (const language of languages)
    await page.getByLabel(inLanguage(t, language, t('incidents.open.name')), { exact: true }).fill(title[language])
  await fillMoment(page, 'startedAt', -60)
  for (const carrier of ['Harbor Wireless', 'Boréal Mobile']) await page.getByLabel(carrier, { exact: true }).check()
  await fillStatement(page, t, statement)
}

/** Fills in a statement with its promise of the next, and checks that it is shown as it will be read. */
export async function fillStatement(page: Page, t: Translate, { state, body, fares }: Statement): Promise<void> {
  await page.getByLabel(t('incidents.say.status'), { exact: true }).selectOption(state)
  for (const language of languages)
    await page.getByLabel(inLanguage(t, language, t('incidents.say.text')), { exact: true }).fill(body[language])
  const select = partNames.map(name => page.getByLabel(name, { exact: true })).reduce((one, other) => one.or(other))
  await select.selectOption(fares)
  if (state !== 'resolved') await fillMoment(page, 'nextUpdateBy', 120)
  await page.getByRole('button', { name: t('incidents.say.check'), exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t('incidents.preview.title'))
  for (const language of languages) await expect(page.getByRole('main')).toContainText(plain(body[language]))
}

/** Minutes from now, on the clock that the form shows. */
async function fillMoment(page: Page, field: string, minutes: number): Promise<void> {
  const zone = await page.locator('input[name=zone]').inputValue()
  await page.locator(`#${field}`).fill(clockIn(zone, new Date(Date.now() + minutes * 60_000)))
}
