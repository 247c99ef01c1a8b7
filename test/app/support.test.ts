import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { POST as takeNext } from '@/app/support/next/route'
import QueuePage from '@/app/support/page'
import { POST as approve } from '@/app/support/requests/[id]/approve/route'
import { POST as decline } from '@/app/support/requests/[id]/decline/route'
import { POST as leave } from '@/app/support/requests/[id]/leave/route'
import CasePage from '@/app/support/requests/[id]/page'
import { POST as resume } from '@/app/support/requests/[id]/resume/route'
import { POST as take } from '@/app/support/requests/[id]/take/route'
import { system } from '@/domain/actor'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { approveRequest } from '@/domain/restore/approve-request'
import { fileRequest } from '@/domain/restore/file-request'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { database } from '@/gateways/database'
import type { RequestStatus } from '@/prisma/generated/enums'
import { portalSettings } from '@/test/support/portal-settings'
import { formsOf, PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const operator = system('test')
const card = (name: string, phone: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${name}\r\nN:${name};;;;\r\nFN:${name}\r\n${phone}END:VCARD\r\n`

let world: RestoreWorld
let annId: string
let accountId: string
let agent: PortalVisitor
let lead: PortalVisitor
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  await addCarrier(operator, { slug: 'boreal', name: 'Boréal Mobile', country: 'CA' })
  await addStaff(operator, { email: 'agent@harbor.example', name: 'Ada', role: 'support_agent', carrierSlug: 'harbor' })
  await addStaff(operator, { email: 'other@boreal.example', name: 'Odo', role: 'support_agent', carrierSlug: 'boreal' })
  await addStaff(operator, { email: 'admin@homeward.example', name: 'Eve', role: 'administrator', carrierSlug: null })
  annId = await world.subscriber('ann')
  accountId = (await world.vdir(annId)).id
  await world.batch('first', {
    'ann/contacts.vcf': card('Zenobia', 'TEL:555-0101\r\n') + card('Yorick', ''),
    'expected.csv': 'subscriber,category,count\nann,contacts,5\n',
  })
  await addStaff(operator, { email: 'lead@harbor.example', name: 'Lea', role: 'support_lead', carrierSlug: 'harbor' })
  agent = await PortalVisitor.signedIn('agent@harbor.example')
  lead = await PortalVisitor.signedIn('lead@harbor.example')
}, 120_000)
afterAll(() => world.end())
beforeEach(() => {
  agent.language = 'en'
})

async function file(status: RequestStatus = 'filed', waitReason: string | null = null) {
  const holdings = await listHoldings(operator, { subscriberId: annId })
  const { id, reference } = await fileRequest(operator, {
    subscriberId: annId,
    accountId,
    holdingIds: holdings.map(one => one.id),
    rule: 'keep_both',
    filingKey: randomUUID(),
  })
  if (status !== 'filed') await database().restoreRequest.update({ where: { id }, data: { status, waitReason } })
  return { id, reference, at: `/support/requests/${id}` }
}

const ticketPathOf = async (requestId: string) =>
  `/support/tickets/${(await database().ticket.findUniqueOrThrow({ where: { requestId } })).id}`
const statusOf = async (id: string) => (await database().restoreRequest.findUniqueOrThrow({ where: { id } })).status
const openCase = (visitor: PortalVisitor, id: string, query = '') =>
  visitor.open(CasePage, `/support/requests/${id}${query}`, { id })

describe('the queue', () => {
  it('shows what waits, how it stands and how many there are in each state', async () => {
    const { reference } = await file()
    const waiting = await file('waiting', 'account-full')
    const words = wordsOf((await agent.open(QueuePage, '/support')).html)
    expect(words).toContain(reference)
    expect(words).toContain('Contacts · Harbor Wireless · English')
    expect(words).toContain('1 with something missing')
    expect(words).not.toContain(waiting.reference)
    const other = wordsOf((await agent.open(QueuePage, '/support?status=waiting')).html)
    expect(other).toContain(waiting.reference)
    expect(other).toContain('Needs the subscriber')
    expect(other).toContain('Account full (507)')
  })

  it('finds a reference in any spelling, and people by parts of what they are called', async () => {
    const { reference } = await file()
    const typed = encodeURIComponent(reference.toLowerCase().replaceAll('-', ' '))
    expect(wordsOf((await agent.open(QueuePage, `/support?q=${typed}`)).html)).toContain('1 request found for')
    expect(wordsOf((await agent.open(QueuePage, '/support?q=ann')).html)).toContain(reference)
    expect(wordsOf((await agent.open(QueuePage, '/support?q=ANN')).html)).toContain(reference)
    expect(wordsOf((await agent.open(QueuePage, '/support?q=an')).html)).toContain('Nothing found for “an”')
    for (const odd of ['%00', '%F0%9F', "'--", '%', 'x'.repeat(5000)])
      expect((await agent.open(QueuePage, `/support?q=${odd}`)).status).toBe(200)
  })

  it('goes on page by page, and shrugs at an address that was made up', async () => {
    for (let more = 0; more < 52; more++) await file()
    const first = (await agent.open(QueuePage, '/support?status=filed')).html
    const next = /href="(\/support\?status=filed&amp;after=[^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&')
    const seen = new Set(first.match(/HW-\w{4}-\w{4}/g))
    expect(seen.size).toBe(50)
    const second = (await agent.open(QueuePage, next ?? '')).html
    expect(second.match(/HW-\w{4}-\w{4}/g)?.some(reference => seen.has(reference))).toBe(false)
    for (const odd of ['after=x', `after=${randomUUID()}`, 'status=x', 'status=&after='])
      expect((await agent.open(QueuePage, `/support?${odd}`)).status).toBe(200)
  }, 60_000)

  it('is for staff, each for their own carrier', async () => {
    const { reference, id } = await file()
    const odo = await PortalVisitor.signedIn('other@boreal.example')
    const words = wordsOf((await odo.open(QueuePage, '/support?status=all')).html)
    expect(words).not.toContain(reference)
    expect(words).toContain('There is nothing here.')
    expect((await openCase(odo, id)).status).toBe(404)
    const ann = await PortalVisitor.signedIn('ann@people.example', { subscriberId: annId })
    expect((await ann.open(QueuePage, '/support')).status).toBe(404)
    expect((await openCase(ann, id)).status).toBe(404)
    expect((await new PortalVisitor().open(QueuePage, '/support')).location).toBe('/sign-in?next=%2Fsupport')
  })
})

describe('a case', () => {
  it('says first what is not there, and never what records say', async () => {
    const { id, reference } = await file()
    const { html } = await openCase(agent, id)
    const words = wordsOf(html)
    expect(words).toContain(`Request ${reference}`)
    expect(words.indexOf('Not found in any backup: 3 contacts.')).toBeLessThan(words.indexOf('Complete'))
    expect(words).toMatch(/Missing: .*phone number \(1\)/)
    expect(words).toContain('Filed by Homeward')
    expect(words).not.toMatch(/Zenobia|Yorick|555-0101/)
    const ticket = await ticketPathOf(id)
    expect(formsOf(html).map(({ action }) => action)).toEqual([
      `${ticket}/answer`,
      `${ticket}/note`,
      `/support/requests/${id}/take`,
      `/support/requests/${id}/approve`,
      `/support/requests/${id}/decline`,
      `/support/requests/${id}/overwrite`,
      ...['change', 'hold', 'escalate', 'watch', 'tag'].map(act => `${ticket}/${act}`),
    ])
  })

  it('is approved once, however often the button is pressed', async () => {
    const { id, at } = await file()
    const { html } = await openCase(agent, id)
    const sent = () => agent.send(approve, html, `${at}/approve`, {}, { id })
    expect((await sent()).location).toBe(`${at}?done=approved`)
    expect((await sent()).location).toBe(`${at}?done=approved`)
    expect(await database().run.count({ where: { requestId: id } })).toBe(1)
    const words = wordsOf((await openCase(agent, id, '?done=approved')).html)
    expect(words).toContain('Approved. A worker begins in a moment')
    expect(words).toContain('Approved by you')
    expect(words).toContain('Take the next ticket')
  })

  it('is one person’s at a time: the others read who has it, and a lead may take it over', async () => {
    await database().ticket.updateMany({ data: { status: 'resolved' } })
    const { id, at, reference } = await file()
    const queue = (await agent.open(QueuePage, '/support')).html
    expect((await agent.send(takeNext, queue, '/support/next', {}, {})).location).toBe(at)
    const own = wordsOf((await openCase(agent, id)).html)
    expect(own).toMatch(/You are working on it until .*Keep it for 15 minutes more Leave it to others/)
    expect((await agent.send(takeNext, queue, '/support/next', {}, {})).location).toBe('/support?next=none')
    expect(wordsOf((await agent.open(QueuePage, '/support?next=none')).html)).toContain(
      'Nothing waits for you now: colleagues work on it,',
    )

    const others = await openCase(lead, id)
    expect(wordsOf(others.html)).toContain('Ada is working on it until')
    expect(formsOf(others.html).map(({ action }) => action)).not.toContain(`${at}/approve`)
    expect(wordsOf((await lead.open(QueuePage, `/support?q=${reference}`)).html)).toContain('Ada is working on it')
    lead.language = 'fr'
    expect(wordsOf((await openCase(lead, id)).html)).toContain('Ada s’en occupe jusqu’au')
    lead.language = 'en'

    expect((await lead.send(take, others.html, `${at}/take`, {}, { id })).location).toBe(at)
    const { html } = await openCase(agent, id)
    expect(wordsOf(html)).toContain('Lea is working on it until')
    expect(wordsOf(html)).not.toContain('Take it over')
    const before = (await openCase(lead, id)).html
    expect((await lead.send(leave, before, `${at}/leave`, {}, { id })).location).toBe(at)
    expect(wordsOf((await openCase(agent, id)).html)).toContain('Work on it')
  })

  it('is not decided by whoever opened it before a colleague took it', async () => {
    const { id, at } = await file()
    const { html } = await openCase(agent, id)
    expect((await lead.send(take, (await openCase(lead, id)).html, `${at}/take`, {}, { id })).location).toBe(at)
    const late = await agent.send(approve, html, `${at}/approve`, {}, { id })
    expect(wordsOf((await agent.open(CasePage, late.location ?? '', { id })).html)).toContain(
      'A colleague is working on this request. It can be decided once they leave it',
    )
    expect(await statusOf(id)).toBe('filed')
  })

  it('is not decided on by what has changed since', async () => {
    const { id, at } = await file()
    const { html } = await openCase(agent, id)
    await approveRequest(operator, { requestId: id })
    const late = await agent.send(decline, html, `${at}/decline`, { reason: 'asked-twice' }, { id })
    expect(late.location).toMatch(new RegExp(`^${at}\\?form=`))
    expect(await statusOf(id)).toBe('approved')
    const back = (await agent.open(CasePage, late.location ?? '', { id })).html
    expect(back).toMatch(/<title>Error: Request HW-/)
    const words = wordsOf(back)
    expect(words).toContain('There is a problem')
    expect(words).toMatch(/Changed since you opened this page Approved by Homeward/)
  })

  it('is declined with a reason, and with a note where the reason says nothing', async () => {
    const { id, at } = await file()
    const { html } = await openCase(agent, id)
    const sent = (entered: Record<string, string>) => agent.send(decline, html, `${at}/decline`, entered, { id })
    const back = async (entered: Record<string, string>) =>
      (await agent.open(CasePage, (await sent(entered)).location ?? '', { id })).html
    expect(wordsOf(await back({}))).toContain('Choose why the request is declined')
    expect(wordsOf(await back({ reason: 'because' }))).toContain('Choose why the request is declined')
    expect(wordsOf(await back({ reason: 'other', note: ' ' }))).toContain('Say in the note why')
    const kept = await back({ reason: 'other', note: 'n'.repeat(2001) })
    expect(wordsOf(kept)).toContain('Use at most 2,000 characters')
    expect(kept).toContain('n'.repeat(2001))
    expect(kept).toMatch(/<details open=""/)
    expect(await statusOf(id)).toBe('filed')
    expect((await sent({ reason: 'other', note: 'Ask again on <b>Monday</b>.' })).location).toBe(`${at}?done=declined`)
    expect((await sent({ reason: 'other', note: 'Ask again on Monday.' })).location).toBe(`${at}?done=declined`)
    const page = (await openCase(agent, id)).html
    expect(page).toContain('Ask again on &lt;b&gt;Monday&lt;/b&gt;.')
    expect(wordsOf(page)).toContain('Declined by you: Another reason, explained in the note')
    // Nothing is to be decided any more; what is said about it goes on.
    const ticket = await ticketPathOf(id)
    const left = ['answer', 'note', 'change', 'merge', 'watch'].map(act => `${ticket}/${act}`)
    expect(formsOf(page).map(({ action }) => action)).toEqual(left)
  })

  it('that waits says why and what to do, and can go on', async () => {
    const { id, at } = await file()
    await approveRequest(operator, { requestId: id })
    await database().restoreRequest.update({ where: { id }, data: { status: 'waiting', waitReason: 'account-full' } })
    const { html } = await openCase(agent, id)
    expect(wordsOf(html)).toContain('The account has no room (507). The subscriber was asked to make some')
    const sent = () => agent.send(resume, html, `${at}/resume`, {}, { id })
    expect((await sent()).location).toBe(`${at}?done=resumed`)
    expect((await sent()).location).toBe(`${at}?done=resumed`)
    expect(await statusOf(id)).toBe('running')
  })

  it('cannot be approved where its batch has been withheld', async () => {
    const { id, at } = await file()
    await database().recoveryBatch.updateMany({ where: { name: 'first' }, data: { status: 'withheld' } })
    const { html } = await openCase(agent, id)
    expect(wordsOf(html)).toContain('Withheld')
    const refused = await agent.send(approve, html, `${at}/approve`, {}, { id })
    const words = wordsOf((await agent.open(CasePage, refused.location ?? '', { id })).html)
    expect(words).toContain('has been withheld since')
    await database().recoveryBatch.updateMany({ where: { name: 'first' }, data: { status: 'accepted' } })
  })

  it('is decided on by support alone: an administrator reads it', async () => {
    const { id, at } = await file()
    const eve = await PortalVisitor.signedIn('admin@homeward.example')
    const { html, status } = await openCase(eve, id)
    expect(status).toBe(200)
    expect(formsOf(html)).toEqual([])
    expect((await eve.post(approve, `${at}/approve`, { version: '1' }, { id })).status).toBe(404)
    const odo = await PortalVisitor.signedIn('other@boreal.example')
    const token = formsOf((await openCase(agent, id)).html)[0]?.hidden.token ?? ''
    expect((await odo.post(approve, `${at}/approve`, { version: '1', token }, { id })).location).toMatch(/\?form=/)
    expect(await statusOf(id)).toBe('filed')
    expect((await openCase(agent, randomUUID())).status).toBe(404)
    expect((await openCase(agent, 'x')).status).toBe(404)
  })

  it.each([
    ['running', null],
    ['held', 'vanishing'],
    ['waiting', 'our-fault'],
    ['waiting', 'no-such-reason'],
    ['done', null],
    ['undone', null],
  ] as const)('that is %s (%s) can be read in both languages', async (status, reason) => {
    const { id } = await file(status, reason)
    for (const language of ['en', 'fr'] as const) {
      agent.language = language
      const { html } = await openCase(agent, id)
      expect(wordsOf(html)).not.toMatch(/\bsupport\.(case|queue)|undefined|\{/)
    }
  })
})
