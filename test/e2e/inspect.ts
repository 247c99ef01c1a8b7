import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import type { Language } from '@/messages/language'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const wide = { width: 1280, height: 900 }
const narrow = { width: 360, height: 780 }
/** What WCAG 1.4.10 asks a page to fit into. */
const narrowest = { width: 320, height: 640 }
const fingertip = 44

/** Where pictures of every screen go; unset: none are taken. */
const pictures = process.env.E2E_PICTURES

/** What the page says itself. Marked as verbatim is what shows variables letter by letter, as people have to write them. */
async function ownText(page: Page): Promise<string> {
  const verbatim = await page.locator('[data-verbatim]').allInnerTexts()
  return verbatim.reduce((text, one) => text.replace(one, ''), await page.locator('body').innerText())
}

/**
 * Holds a screen, as it is now, to what every screen must keep: its language is said, nothing in it is untranslated,
 * axe finds nothing in light or dark, it fits a telephone, and what is pressed is large enough for a finger.
 * `name` is the picture's.
 */
export async function inspect(page: Page, language: Language, name: string): Promise<void> {
  await expect.soft(page.locator('html'), name).toHaveAttribute('lang', language)
  await expect.soft(page, name).toHaveTitle(/^\S.* – Homeward$/)
  await expect.soft(page.getByRole('heading', { level: 1 }), name).toHaveCount(1)
  expect.soft(faultsOfText(await ownText(page), language), `${name}: the text`).toEqual([])

  const before = page.viewportSize()
  await page.setViewportSize(wide)
  const inLight = await axe(page)
    // Beside what the standard asks for: everything lies in a landmark, where who jumps between them finds it.
    .options({ runOnly: { type: 'tag', values: rules }, rules: { region: { enabled: true } } })
    .analyze()
  expect.soft(violationsOf(inLight), `${name}: axe in light`).toEqual([])
  await picture(page, `${name}.${language}.1280`)

  // Its colours are the same in every language.
  if (language === 'en') {
    await page.emulateMedia({ colorScheme: 'dark' })
    const inDark = await axe(page).withRules(['color-contrast', 'link-in-text-block']).analyze()
    expect.soft(violationsOf(inDark), `${name}: axe in dark`).toEqual([])
    await picture(page, `${name}.${language}.dark`)
    await page.emulateMedia({ colorScheme: 'light' })
  }

  for (const size of [narrowest, narrow]) {
    await page.setViewportSize(size)
    expect.soft(await tooWide(page), `${name}: wider than ${size.width} px`).toEqual([])
  }
  expect.soft(await tooSmall(page), `${name}: smaller than ${fingertip} px`).toEqual([])
  await picture(page, `${name}.${language}.360`)
  if (before !== null) await page.setViewportSize(before)
}

// To look into frames axe opens another page each time, which takes longer than all it does on a page without any.
const axe = (page: Page): AxeBuilder => new AxeBuilder({ page }).setLegacyMode(page.frames().length === 1)

interface Found {
  violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[]
}

const violationsOf = ({ violations }: Found): string[] =>
  violations.flatMap(({ id, nodes }) => nodes.map(node => `${id} at ${node.target}: ${node.failureSummary}`))

async function picture(page: Page, file: string): Promise<void> {
  if (pictures) await page.screenshot({ path: path.join(pictures, `${file}.png`), fullPage: true })
}

/** Keys and placeholders that no sentence was found for, and French without its spaces. */
function faultsOfText(text: string, language: Language): string[] {
  const raw =
    text.match(/\{\w+(, \w+)?\}|\b[a-z]+(\.[a-zA-Z-]+){2,}\b(?!\.example)|\bundefined\b|\bNaN\b|\[object/g) ?? []
  const keys = raw.filter(found => !/\.(example|vcf|ics|csv|jpg|zip|txt)/.test(found))
  const spaces = language === 'fr' ? (text.match(/\S* [;!?»]|« \S*/g) ?? []) : []
  return [...keys, ...spaces]
}

/** What reaches beyond the right edge, if the page can be scrolled sideways; its outermost parts. */
const tooWide = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const room = document.documentElement.clientWidth
    if (document.documentElement.scrollWidth <= room) return []
    const over = [...document.body.querySelectorAll('*')].filter(one => one.getBoundingClientRect().right > room + 0.5)
    const names = over.map(one => `${one.tagName.toLowerCase()}: ${one.textContent?.trim().slice(0, 60)}`)
    return names.length > 0 ? names.slice(0, 5) : ['something that cannot be seen']
  })

/**
 * What can be pressed and is smaller than a fingertip. A link inside a sentence is as high as its line (WCAG 2.5.8's
 * exception); a label counts with its box, and a link that covers its row with the row.
 */
const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate(least => {
    const covers = (element: Element) => getComputedStyle(element, '::after').position === 'absolute'
    const areaOf = (element: HTMLElement): DOMRect => {
      const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined
      const covering = [element, label].find(one => one && covers(one))
      return ((covering as HTMLElement | undefined)?.offsetParent ?? element).getBoundingClientRect()
    }
    const inSentence = (element: HTMLElement) =>
      getComputedStyle(element).display === 'inline' &&
      ![undefined, element.textContent?.trim()].includes(element.closest('p, li, dd, td')?.textContent?.trim())
    const parts = document.querySelectorAll<HTMLElement>(
      'a[href], button, input:not([type=hidden]), select, textarea, summary',
    )
    return [...parts].flatMap(element => {
      if (!element.checkVisibility({ visibilityProperty: true }) || inSentence(element)) return []
      const { width, height, bottom } = areaOf(element)
      // The way past the navigation lies above the page until it has the focus.
      if (bottom < 0 || (width >= least && height >= least)) return []
      const name = element.textContent?.trim() || element.getAttribute('name')
      return [`${element.tagName.toLowerCase()} “${name}”: ${Math.round(width)} × ${Math.round(height)}`]
    })
  }, fingertip)
