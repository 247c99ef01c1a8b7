import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { addUpdate } from '@/domain/incident/add-update'
import { openIncident } from '@/domain/incident/open-incident'
import { publishAdvice } from '@/domain/incident/publish-advice'
import { saveComponent } from '@/domain/incident/save-component'
import { reader } from '@/domain/transaction'
import { RestoreWorld } from '@/test/support/restore-world'
import { handle } from '@/workers/handlers/publish-status'

const manager = system('test')
const later = (hours: number) => new Date(Date.now() + hours * 3_600_000)

let world: RestoreWorld
let incidentId: string
let slug: string

const publish = () => handle({}, { ...world.open.services, signal: new AbortController().signal })
const served = (file: string) => readFileSync(path.join(world.folder, 'status/current', file), 'utf8')
const everything = () =>
  readdirSync(path.join(world.folder, 'status/current'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(entry => path.join(entry.parentPath, entry.name))

beforeAll(async () => {
  world = await RestoreWorld.begin({ PUBLIC_URL: 'https://status.example', TIME_ZONE: 'America/Los_Angeles' })
  await world.subscriber('HW-1')
  const { id: componentId } = await saveComponent(manager, { nameEn: 'Contacts', nameFr: 'Contacts' })
  const carrier = await reader('every-carrier').carrier.findFirstOrThrow()
  const opened = await openIncident(manager, {
    titleEn: 'Contacts are lost',
    titleFr: 'Des contacts sont perdus',
    status: 'investigating',
    startedAt: new Date(Date.now() - 3_600_000),
    bodyEn: 'We look for the cause. <script>alert(1)</script> **Soon** more.',
    bodyFr: 'Nous cherchons la cause.',
    nextUpdateBy: later(2),
    carrierIds: [carrier.id],
    components: [{ id: componentId, status: 'major_outage' }],
    tell: false,
  })
  incidentId = opened.id
  slug = opened.slug
  await publishAdvice(manager, { incidentId, doNotEn: ['reset the phone'], doNotFr: ['réinitialiser'] })
  await reader('every-carrier').incident.create({
    data: { slug: 'secret-draft', titleEn: 'A draft nobody may read', titleFr: 'Brouillon', startedAt: new Date() },
  })
})
afterAll(() => world.end())

describe('publishing the public page', () => {
  it('writes pages in both languages, JSON, feeds, badges and alerts', async () => {
    await publish()
    expect(served('en.html')).toContain('Contacts are lost')
    expect(served('fr.html')).toContain('Des contacts sont perdus')
    expect(served('en.html')).toContain('reset the phone')
    const summary = JSON.parse(served('api/v2/summary.json'))
    expect(summary.status.indicator).toBe('critical')
    expect(summary.components[0]).toMatchObject({ name: 'Contacts', status: 'major_outage', group: false })
    expect(summary.incidents[0]).toMatchObject({ id: incidentId, status: 'investigating', impact: 'critical' })
    expect(served('history.atom')).toContain('Contacts are lost')
    expect(served('history.rss')).toContain('Contacts are lost')
    expect(served('en/badge.svg')).toContain('<svg')
    expect(served(`cap/${incidentId}.xml`)).toContain('urn:oasis:names:tc:emergency:cap:1.2')
    for (const page of ['en/history', 'fr/history', `en/incidents/${slug}`, 'en/help', 'fr/accessibility', 'en/404'])
      expect(served(`${page}.html`)).toContain('</html>')
  })

  it('keeps every page small and whole in itself: nothing is loaded, nothing of a text runs', async () => {
    for (const file of everything().filter(name => name.endsWith('.html'))) {
      const html = readFileSync(file, 'utf8')
      expect(Buffer.byteLength(html)).toBeLessThan(50_000)
      expect(html).not.toMatch(/<script(?! )[^>]*src|<link[^>]+stylesheet/)
      expect(html).not.toContain('<script>alert')
    }
    expect(served(`en/incidents/${slug}.html`)).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  })

  it('leads into the portal in the language it is read in', () => {
    for (const language of ['en', 'fr'])
      for (const file of everything().filter(name => name.includes(`current/${language}`) && name.endsWith('.html'))) {
        const links = [...readFileSync(file, 'utf8').matchAll(/href="((?:\/..)?\/(?:account|subscribe)[^"]*)"/g)]
        for (const [, address] of links) expect(address).toMatch(new RegExp(`[?]lang=${language}$`))
        if (!file.endsWith('/embed.html')) expect(links.length, file).toBeGreaterThan(1)
      }
  })

  it('holds no draft and nothing of a person', async () => {
    const all = everything().map(file => readFileSync(file, 'utf8'))
    expect(all.length).toBeGreaterThan(30)
    for (const text of all) {
      expect(text).not.toContain('A draft nobody may read')
      expect(text).not.toMatch(/hw-1@people\.example|HW-1/)
    }
  })

  it('shows the next statement and what became of the promise, as a newer generation', async () => {
    const before = await world.open.services.statusFiles.current()
    await addUpdate(manager, {
      incidentId,
      status: 'resolved',
      bodyEn: 'All contacts are back.',
      bodyFr: 'Tous les contacts sont revenus.',
      tell: false,
    })
    await publish()
    const after = await world.open.services.statusFiles.current()
    expect(after!.number).toBeGreaterThan(before!.number)
    expect(served(`en/incidents/${slug}.html`)).toContain('All contacts are back.')
    expect(served(`fr/incidents/${slug}.html`)).toMatch(/Tenue/)
    const { incidents, status } = JSON.parse(served('api/v2/summary.json'))
    expect(incidents).toEqual([])
    expect(status.indicator).toBe('none')
    const [all] = JSON.parse(served('api/v2/incidents.json')).incidents
    expect(all).toMatchObject({ status: 'resolved', impact: 'critical' })
    expect(all.incident_updates.map((one: { status: string }) => one.status)).toEqual(['resolved', 'investigating'])
  })

  it('publishes one after the other where several are asked at once, and beyond what a lost database had counted', async () => {
    const before = (await world.open.services.statusFiles.current())!.number
    await Promise.all([publish(), publish(), publish()])
    expect((await world.open.services.statusFiles.current())!.number).toBe(before + 3)
    await reader('every-carrier').statusPage.updateMany({ data: { generation: 0 } })
    await publish()
    expect((await world.open.services.statusFiles.current())!.number).toBe(before + 4)
  })
})
