import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type BrowserContext, type BrowserContextOptions, expect, type Page, test as plain } from '@playwright/test'
import type { Language } from '@/messages/language'
import { type Translate, translator } from '@/messages/translate'
import { type PersonName, people } from '@/test/e2e/people'
import { signIn } from '@/test/e2e/sign-in'

/** What a browser says of its own accord about a page that answers 404. */
export const missingPage = /the server responded with a status of 404/

const sessions = path.resolve('test-results/sessions')
const locales: Record<Language, string> = { en: 'en-US', fr: 'fr-CA' }

export interface Portal {
  language: Language
  t: Translate
  /** What the console may say in this test without failing it; null: nothing. */
  expected: RegExp | null
  /**
   * Another browser, of somebody who has signed in (null: of nobody), in the test's language or the one given. It has a session of its
   * own, because a proof gives one another token; a shared one is for tests that only look.
   */
  browserOf(
    who: PersonName | null,
    options?: BrowserContextOptions & { language?: Language; shared?: boolean },
  ): Promise<Page>
}

/**
 * Every test speaks one language and fails where a page writes an error into the console: a script that throws, a style
 * that the policy forbids, a file that is not there. `page` belongs to somebody who has never been here.
 */
export const test = plain.extend<Portal>({
  language: ['en', { option: true }],
  expected: [null, { option: true }],
  locale: async ({ language }, use) => use(locales[language]),
  t: async ({ language }, use) => use(translator(language)),

  context: async ({ context, expected }, use) => {
    const said = listen(context)
    await use(context)
    expect(unexpected(said, expected), 'errors in the console').toEqual([])
  },

  browserOf: async ({ browser, language, expected, viewport, javaScriptEnabled, baseURL }, use) => {
    const opened: { context: BrowserContext; said: string[] }[] = []
    const open = async (options: BrowserContextOptions) => {
      const context = await browser.newContext({ baseURL, ...options })
      opened.push({ context, said: listen(context) })
      return context
    }
    const sessionOf = async (name: PersonName) => {
      const file = path.join(sessions, `${name}.json`)
      await once(file, async () => {
        const context = await open({ locale: locales.en })
        await context.addCookies([languageCookie('en', baseURL)])
        await signIn(await context.newPage(), translator('en'), people[name].email)
        writeFileSync(file, JSON.stringify(await context.storageState()))
      })
      return file
    }
    await use(async (who, { language: spoken = language, shared = false, ...options } = {}) => {
      // The first sign-in enrols the played device, and two at once would meet there.
      const file = who === null ? null : await sessionOf(who)
      const context = await open({
        viewport,
        javaScriptEnabled,
        locale: locales[spoken],
        ...options,
        ...(shared && file !== null ? { storageState: file } : {}),
      })
      if (who !== null && !shared) {
        await context.addCookies([languageCookie('en', baseURL)])
        const page = await context.newPage()
        await signIn(page, translator('en'), people[who].email)
        await page.close()
      }
      await context.addCookies([languageCookie(spoken, baseURL)])
      return context.newPage()
    })
    for (const { context } of opened) await context.close()
    const said = opened.flatMap(one => one.said)
    expect(unexpected(said, expected), 'errors in the console').toEqual([])
  },
})

export { expect }

/** Makes a file that tests in other processes need as well: the first one makes it, the others wait for it. */
async function once(file: string, make: () => Promise<void>): Promise<void> {
  mkdirSync(sessions, { recursive: true })
  const claim = `${file}.claim`
  const made = `${file}.made`
  while (!existsSync(made)) {
    try {
      mkdirSync(claim)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      await sleep(100)
      continue
    }
    try {
      if (existsSync(made)) return
      await make()
      writeFileSync(made, '')
    } finally {
      rmdirSync(claim)
    }
  }
}

const languageCookie = (language: Language, url = '') => ({ name: 'hw-language', value: language, url })

/** From now on the browser speaks this language, as if the switch had been used. */
export const speak = (page: Page, language: Language, baseURL: string | undefined): Promise<void> =>
  page.context().addCookies([languageCookie(language, baseURL)])

function listen(context: BrowserContext): string[] {
  const said: string[] = []
  context.on('console', message => {
    if (message.type() === 'error') said.push(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', error => said.push(String(error.error().stack ?? error.error())))
  return said
}

const unexpected = (said: string[], expected: RegExp | null): string[] => said.filter(text => !expected?.test(text))
