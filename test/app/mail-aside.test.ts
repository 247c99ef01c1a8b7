import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { outside } from '@/app/_shell/outside'
import { POST as dismiss } from '@/app/support/mail-aside/[id]/dismiss/route'
import { POST as letIn } from '@/app/support/mail-aside/[id]/let-in/route'
import MailPage from '@/app/support/mail-aside/[id]/page'
import TicketPage from '@/app/support/tickets/[id]/page'
import { system } from '@/domain/actor'
import { newReference } from '@/domain/restore/new-reference'
import { addStaff } from '@/domain/subscriber/add-staff'
import { mailKey } from '@/domain/triage/mail-bounds'
import { database } from '@/gateways/database'
import { portalSettings } from '@/test/support/portal-settings'
import { formsOf, PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

let world: RestoreWorld
let subscriberId: string
let agent: PortalVisitor
let auditor: PortalVisitor
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  process.env.SNAPSHOT_URL = pathToFileURL(path.join(world.folder, 'snapshots')).href
  subscriberId = await world.subscriber('ann')
  const staff = { name: 'Ada', carrierSlug: 'harbor' } as const
  await addStaff(system('test'), { ...staff, email: 'agent@harbor.example', role: 'support_agent' })
  await addStaff(system('test'), { ...staff, email: 'auditor@harbor.example', role: 'auditor' })
  agent = await PortalVisitor.signedIn('agent@harbor.example')
  auditor = await PortalVisitor.signedIn('auditor@harbor.example')
}, 120_000)
afterAll(() => world?.end())
beforeEach(() => {
  agent.language = 'en'
})

async function aside() {
  const { carrierId } = await database().subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
  const own = { carrierId, subscriberId }
  const asked = { kind: 'other', subject: 'Notes', reference: newReference(), waitsSince: new Date() } as const
  const { id: ticketId, reference } = await database().ticket.create({ data: { ...own, ...asked } })
  const kept = { status: 'aside', reason: 'other-address', settledAt: new Date(), mailKey: randomBytes(32) } as const
  const mail = await database().mailIn.create({ data: { ...own, ticketId, ...kept, fromAddress: 'ann@work.example' } })
  const writer = await outside().sealed.write(mailKey(mail.id))
  await writer.append(Buffer.from('From: ann@work.example\r\nSubject: Hi\r\n\r\nIt is <b>me</b>, from work.\r\n'))
  await writer.finish()
  return { id: mail.id, at: `/support/mail-aside/${mail.id}`, ticketId, reference }
}
const ticketPage = (visitor: PortalVisitor, id: string, query = '') =>
  visitor.open(TicketPage, `/support/tickets/${id}${query}`, { id })

describe('a mail that was kept aside', () => {
  it('is read on a page of its own, and let in from there', async () => {
    const { id, at, ticketId, reference } = await aside()
    expect((await ticketPage(agent, ticketId)).html).toContain(`href="${at}"`)
    const { html } = await agent.open(MailPage, at, { id })
    expect(wordsOf(html)).toContain('It is &lt;b&gt;me&lt;/b&gt;, from work.')
    expect(html).toContain(`value="${reference}"`)
    const wrong = await agent.send(letIn, html, `${at}/let-in`, { reference: 'HW-NONE-0000' }, { id })
    const back = (await agent.open(MailPage, wrong.location ?? '', { id })).html
    expect(back).toContain('href="#reference"')
    expect(back).toContain('id="reference-error"')
    const done = await agent.send(letIn, html, `${at}/let-in`, { reference }, { id })
    expect(done.location).toBe(`/support/tickets/${ticketId}?said=let-in`)
    const words = wordsOf((await ticketPage(agent, ticketId, '?said=let-in')).html)
    expect(words).toContain('The mail stands in the ticket now')
    expect(words).toContain('You let in a mail that had been kept aside')
  })

  it('is dismissed with a reason, whose tombstone the ticket shows', async () => {
    const { id, at, ticketId } = await aside()
    agent.language = 'fr'
    const { html } = await agent.open(MailPage, at, { id })
    expect(wordsOf(html)).toContain('Courriel mis de côté')
    const none = await agent.send(dismiss, html, `${at}/dismiss`, {}, { id })
    expect((await agent.open(MailPage, none.location ?? '', { id })).html).toContain('href="#reason"')
    const done = await agent.send(dismiss, html, `${at}/dismiss`, { reason: 'not-theirs' }, { id })
    expect(done.location).toBe(`/support/tickets/${ticketId}?said=dismissed`)
    const words = wordsOf((await ticketPage(agent, ticketId)).html)
    expect(words).toContain('Écarté par Ada')
    expect(words).not.toContain('ann@work.example')
  })

  it('is let in by nobody who only reads', async () => {
    const { at, ticketId } = await aside()
    const { html } = await ticketPage(auditor, ticketId)
    expect(wordsOf(html)).toContain('Mail kept aside')
    expect(html).not.toContain(at)
    expect(formsOf(html).filter(({ action }) => action.startsWith('/support/mail-aside'))).toEqual([])
  })
})
