import { describe, expect, it } from 'vitest'
import type { PublicIncident, PublicPromise, PublicStatus } from '@/domain/incident/public-status'
import { markdownToHtml } from '@/formats/markdown/to-html'
import { languages } from '@/messages/language'
import { at, incident, notice, publicStatus, statement } from '@/test/workers/public-status'
import { htmlFiles } from '@/workers/handlers/status-site/html-files'
import { statusView } from '@/workers/handlers/status-site/view'

const pagesOf = (status: PublicStatus, timeZone = 'UTC') =>
  new Map(
    htmlFiles(statusView(status), {
      timeZone,
      html: markdownToHtml,
      publicUrl: 'https://status.example',
      demonstration: false,
      readAt: status.readAt,
    }).map(({ path, body }) => [path, body]),
  )

const long = (words: number) => 'Où sont passées les données effacées ? '.repeat(words / 6)
const both = (text: string) => ({ en: text, fr: text })

const promise = (number: number): PublicPromise => ({
  id: `p${number}`,
  kind: 'next_update',
  category: null,
  text: null,
  madeAt: at(number),
  dueAt: at(number + 1),
  status: number === 1 ? 'pending' : 'kept',
  settledAt: null,
  keptLateAt: null,
})

const numbers = Array.from({ length: 120 }, (_, index) => index + 1)
const correction = { corrects: 1, reason: both('It was wrong.') }
const crowded = publicStatus({
  incidents: Array.from({ length: 8 }, (_, index) =>
    incident({
      id: `i${index}`,
      slug: `lost-${index}`,
      updates: numbers
        .map(number => statement(number, { body: both(long(80)), ...(number === 120 ? correction : {}) }))
        .concat(statement(121, { body: both(long(3_000)) }))
        .reverse(),
      promises: numbers.map(promise),
    }),
  ),
  notices: numbers.map(number => notice(number, { incidentId: 'i0', body: both(long(3_000)) })).reverse(),
})

describe('pages on which much was said', () => {
  const pages = pagesOf(crowded)

  it('are small all the same', () => {
    for (const [path, html] of pages) expect(Buffer.byteLength(html), path).toBeLessThan(50_000)
  })

  it('leave out no statement and no promise, and tell none twice', () => {
    for (const language of languages) {
      const own = [...pages].filter(([path]) => new RegExp(`^/${language}/incidents/lost-0(?:/|$)`).test(path))
      expect(own.length).toBeGreaterThan(2)
      const said = own.flatMap(([, html]) => [...html.matchAll(/ id="statement-(\d+)"/g)].map(([, n]) => Number(n)))
      expect(said).toEqual(Array.from({ length: 121 }, (_, index) => 121 - index))
      const promised = own.flatMap(([, html]) => html.match(/class="between"/g) ?? [])
      expect(promised).toHaveLength(120)
      expect(own[0]![1]).toContain(language === 'en' ? 'Not due yet' : 'Pas encore échue')
    }
  })

  it('lead to one another, and from a correction to what it puts right', () => {
    for (const [path, html] of pages)
      for (const [, address] of html.matchAll(/href="((?:\/(?:en|fr)\/(?:incidents|notices)[^"]*)?#?[^"]*)"/g)) {
        const [page, anchor] = new URL(address!, `https://status.example${path}`).href.slice(22).split('#')
        const there = pages.get(page!)
        if (/^\/(?:en|fr)\/(?:incidents|notices)/.test(page!)) expect(there, address).toBeDefined()
        if (anchor !== undefined && there !== undefined) expect(there, address).toContain(`id="${anchor}"`)
      }
    const [first] = pages.get('/en/incidents/lost-0')!.match(/\/en\/incidents\/lost-0\/earlier\/\d+/) ?? []
    expect(first).toBe('/en/incidents/lost-0/earlier/1')
    const second = pages.get(first!)!
    expect(second).toMatch(/href="\/en\/incidents\/lost-0\/earlier\/\d+#statement-1"/)
  })

  it('tell a usual incident on one page', () => {
    const few = pagesOf(publicStatus({ incidents: [incident({ updates: [statement(2), statement(1)] })] }))
    expect([...few.keys()].filter(path => path.includes('/earlier/'))).toEqual([])
    expect(few.get('/en/incidents/lost')).not.toContain('earlier')
  })
})

describe('a text that becomes much HTML', () => {
  it.each(['<'.repeat(7_000), '- a\n'.repeat(1_800), 'é '.repeat(9_000)])('is still one small page: %.4j', text => {
    const updates = [3, 2, 1].map(number => statement(number, { body: both(text) }))
    const promises = numbers.map(promise)
    const postmortems = [2, 1].map(version => ({ version, body: both(text), publishedAt: at(version) }))
    const view = publicStatus({
      incidents: [incident({ slug: 'lost', status: 'postmortem', updates, promises, postmortems })],
      notices: [notice(1, { body: both(text) })],
    })
    const pages = pagesOf(view)
    for (const [path, html] of pages) expect(Buffer.byteLength(html), path).toBeLessThan(50_000)
    expect([...pages.keys()].filter(path => path.startsWith('/en/incidents/lost'))).toEqual([
      '/en/incidents/lost',
      '/en/incidents/lost/earlier/1',
      '/en/incidents/lost/earlier/2',
      '/en/incidents/lost/earlier/3',
      '/en/incidents/lost/postmortem',
      '/en/incidents/lost/postmortem/1',
    ])
  })
})

describe('a notice', () => {
  it('that is written in one language says on the other page which', () => {
    const english = notice(7, { title: { en: 'In English', fr: '' }, body: { en: 'Why? Wait!', fr: '' } })
    const pages = pagesOf(publicStatus({ notices: [english] }))
    for (const path of ['/fr', '/fr/notices', '/fr/notices/7'])
      expect(pages.get(path), path).toMatch(/<h[123] lang="en">.*?In English/)
    expect(pages.get('/fr/notices/7')).toContain('<div class="prose" lang="en"><p>Why? Wait!</p></div>')
    expect(pages.get('/en/notices/7')).not.toMatch(/lang="en">In English/)
  })

  it('stays to be read with the reason for which it was withdrawn, however many came after it', () => {
    const withdrawn = notice(1, { status: 'withdrawn', endedAt: at(2), endReason: both('It was harmful.') })
    const pages = pagesOf(
      publicStatus({
        notices: [
          ...numbers
            .slice(1, 9)
            .reverse()
            .map(n => notice(n)),
          withdrawn,
        ],
      }),
    )
    expect(pages.get('/en')).not.toContain('It was harmful.')
    expect(pages.get('/en')).toContain('href="/en/notices"')
    expect(pages.get('/en/notices')).toContain('It was harmful.')
    expect(pages.get('/en/notices/1')).toMatch(
      /It was harmful[\s\S]*<details><summary>[\s\S]*Told 1\.[\s\S]*<\/details>/,
    )
    expect(pages.get('/en/notices/2')).not.toContain('<details>')
  })
})

it('the history has an incident under the year that its date is told in', () => {
  const startedAt = new Date('2010-01-01T02:00:00Z')
  const pages = pagesOf(publicStatus({ incidents: [incident({ startedAt })] }), 'America/Los_Angeles')
  expect(pages.get('/en/history/2009')).toContain('31 December 2009')
  expect(pages.has('/en/history/2010')).toBe(false)
})

it('what is back is asked of an incident that is open, not of one that is over and lost nothing', () => {
  const waves: PublicIncident['waves'] = [
    { category: 'contacts', status: 'not_scheduled', scheduledFor: null, note: null, updatedAt: at(0) },
  ]
  const pageOf = (changes: Partial<PublicIncident>) =>
    pagesOf(publicStatus({ incidents: [incident({ waves, updates: [statement(1)], ...changes })] })).get(
      '/en/incidents/lost',
    )
  expect(pageOf({})).toContain('Not yet scheduled')
  const over = pageOf({ status: 'resolved', resolvedAt: at(2) })
  expect(over).toContain('Said 1.')
  for (const words of ['Not yet scheduled', 'In figures']) expect(over).not.toContain(words)
})
