import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import QueuePage from '@/app/support/page'
import { POST as tag } from '@/app/support/tickets/[id]/tag/route'
import { POST as untag } from '@/app/support/tickets/[id]/untag/route'
import { POST as removeView } from '@/app/support/views/[id]/remove/route'
import { POST as saveView } from '@/app/support/views/save/route'
import { database } from '@/gateways/database'
import { QueueWorld } from '@/test/domain/triage/queue-world'
import { portalSettings } from '@/test/support/portal-settings'
import { formsOf, PortalVisitor, wordsOf } from '@/test/support/portal-visitor'

vi.mock('next/headers', () => import('@/test/support/next-request'))

let world: QueueWorld
let agent: PortalVisitor
let lead: PortalVisitor
const folder = mkdtempSync(path.join(tmpdir(), 'homeward-queue-'))
beforeAll(async () => {
  world = await QueueWorld.begin(160)
  portalSettings(folder)
  agent = await PortalVisitor.signedIn('harbor@staff.example')
  lead = await PortalVisitor.signedIn('lead@staff.example')
}, 120_000)
afterAll(async () => {
  await world?.end()
  rmSync(folder, { recursive: true, force: true })
})

const open = async (visitor: PortalVisitor, at: string) => (await visitor.open(QueuePage, at)).html
const linkOf = (html: string, rel: string) =>
  new RegExp(`rel="${rel}"[^>]*href="([^"]+)"`).exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''

describe('the queue', () => {
  it('lists tickets of every kind, and leads to each kind’s own page', async () => {
    const html = await open(agent, '/support?kind=wrong-account')
    expect(wordsOf(html)).toMatch(/Wrong account · harbor · (English|French)/)
    expect(html).toMatch(/href="\/support\/tickets\/[0-9a-f-]{36}"/)
    expect(html).not.toContain('href="/support/requests/')
    expect(await open(agent, '/support?kind=restore')).not.toMatch(/href="\/support\/tickets\/[0-9a-f-]{36}"/)
  })

  it('says what it is narrowed to, and how to take it away', async () => {
    const html = await open(agent, '/support?language=fr&stands=open&order=newest')
    expect(wordsOf(html)).toMatch(/Waits for us: Open × Take it away .*Language: French × Take it away/)
    expect(html).toContain('href="/support?language=fr&amp;order=newest"')
    expect(html).toContain('href="/support?stands=open&amp;order=newest"')
  })

  it('goes there and back page by page', async () => {
    const first = await open(agent, '/support?status=all')
    const second = await open(agent, linkOf(first, 'next'))
    const third = await open(agent, linkOf(second, 'next'))
    const referencesOf = (html: string) => html.match(/HBR\d+(?=<)/g)
    expect(referencesOf(await open(agent, linkOf(third, 'prev')))).toEqual(referencesOf(second))
    expect(referencesOf(first)).toHaveLength(50)
    expect(referencesOf(second)).not.toContain(referencesOf(first)![0])
  })

  it.each([
    ['colour=red', /a filter that there is not: “colour”/],
    // A name that every object has.
    ['constructor=red', /a filter that there is not: “constructor”/],
    ['language=xx', /Choose one of what is offered for “Language”/],
    ['status=nothing', /Choose one of what is offered for “State”/],
    ['batch=x', /Choose one of what is offered for “Batch”/],
    ['waited=-1', /Choose one of what is offered for “Waits at least \(hours\)”/],
    ['tag=%3Cb%3E', /Choose one of what is offered for “Tag”/],
    ['status=filed&after=forged', /This page of the list is not one of yours/],
    ['status=filed&before=forged.0', /This page of the list is not one of yours/],
  ])('refuses %s at its place', async (query, said) => {
    const { html, status } = await agent.open(QueuePage, `/support?${query}`)
    expect(status).toBe(200)
    expect(wordsOf(html)).toMatch(said)
    expect(html).toMatch(/<title>Error: /)
    expect(html).not.toContain('<tbody')
  })

  it('takes no place of a colleague’s list', async () => {
    const next = linkOf(await open(lead, '/support?status=all'), 'next')
    expect(wordsOf(await open(agent, next))).toContain('This page of the list is not one of yours')
  })
})

describe('a view', () => {
  it('is kept by a form, shown with its count, and removed', async () => {
    const list = '/support?language=fr&category=photos&order=newest'
    const html = await open(lead, list)
    const sent = (entered: Record<string, string>) => lead.send(saveView, html, '/support/views/save', entered)
    const back = (await sent({ name: ' ' })).location ?? ''
    expect(wordsOf(await open(lead, back))).toContain('Enter a name for the view')
    const odd = await sent({ name: 'Odd', list: `${list}&constructor=x&toString=y` })
    expect(odd.location).toContain('form=')
    const kept = (await sent({ name: 'French photos', shared: 'yes' })).location ?? ''
    expect(kept).toContain('done=kept')
    const words = wordsOf(await open(lead, kept))
    expect(words).toMatch(/The view is kept\..*French photos \d+/)
    expect(wordsOf(await open(agent, '/support'))).toMatch(/French photos \(shared by lead\) \d+/)
    const shown = await open(lead, list)
    const action = formsOf(shown).find(form => form.action.endsWith('/remove'))?.action ?? ''
    const id = action.split('/')[3] ?? ''
    expect((await lead.send(removeView, shown, action, {}, { id })).location).toBe('/support?done=removed')
    expect(wordsOf(await open(agent, '/support'))).not.toContain('French photos')
  })
})

describe('a tag', () => {
  it('is given and taken by a form, and refused with what to put right', async () => {
    const { id } = await database().ticket.findFirstOrThrow({ where: { reference: 'HBR1' } })
    const token = formsOf(await open(agent, '/support')).find(form => form.hidden.token)?.hidden.token ?? ''
    const at = `/support/tickets/${id}`
    const send = (verb: typeof tag, path: string, given: string) =>
      agent.post(verb, `${at}/${path}`, { tag: given, token }, { id })
    expect((await send(tag, 'tag', 'Call Back')).location).toBe(at)
    expect(wordsOf(await open(agent, '/support?tag=call-back'))).toContain('HBR1')
    expect((await send(tag, 'tag', '<b>')).location).toMatch(new RegExp(`^${at}\\?form=`))
    expect((await send(untag, 'untag', 'call-back')).location).toBe(at)
    expect(wordsOf(await open(agent, '/support?tag=call-back'))).not.toMatch(/HBR1\b/)
  })
})
