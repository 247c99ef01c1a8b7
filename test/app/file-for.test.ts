import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import CheckPage from '@/app/support/file-for/check/page'
import { POST as file } from '@/app/support/file-for/file/route'
import PersonPage from '@/app/support/file-for/page'
import { POST as prepare } from '@/app/support/file-for/prepare/route'
import { POST as open } from '@/app/support/file-for/question/open/route'
import QuestionPage from '@/app/support/file-for/question/page'
import { system } from '@/domain/actor'
import { approveRequest } from '@/domain/restore/approve-request'
import { fileRequest } from '@/domain/restore/file-request'
import { addStaff } from '@/domain/subscriber/add-staff'
import { database } from '@/gateways/database'
import { portalSettings } from '@/test/support/portal-settings'
import { PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const operator = system('test')
const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:z\r\nN:Zenobia;;;;\r\nFN:Zenobia\r\nEND:VCARD\r\n'

let world: RestoreWorld
let annId: string
let accountId: string
let agent: PortalVisitor
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  await addStaff(operator, { email: 'agent@harbor.example', name: 'Ada', role: 'support_agent', carrierSlug: 'harbor' })
  annId = await world.subscriber('ann')
  accountId = (await world.vdir(annId)).id
  await world.batch('first', { 'ann/contacts.vcf': card })
  agent = await PortalVisitor.signedIn('agent@harbor.example')
}, 120_000)
afterAll(() => world.end())

const check = { check: 'in_shop', checkReference: 'VISIT-1', checkNote: '', zone: 'UTC' }
const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString().slice(0, 16)

describe('filing for somebody', () => {
  it('says beside the answer, and leads to it, where that is refused on the page where it is looked over', async () => {
    const person = await agent.open(PersonPage, `/support/file-for?person=${annId}`)
    const wish = { categories: 'contacts', accountId, rule: 'merge', ...check, checkAt: anHourAgo() }
    const looked = await agent.send(prepare, person.html, '/support/file-for/prepare', wish)
    const { html } = await agent.open(CheckPage, looked.location ?? '')
    expect(html).not.toContain('checkAt-error')
    // It has become too old between the two pages.
    const tooOld = { checkAt: '2009-10-01T10:00' }
    const refused = await agent.send(file, html, '/support/file-for/file', tooOld)
    const back = (await agent.open(CheckPage, refused.location ?? '')).html
    expect(back).toContain('href="#checkAt"')
    expect(back).toMatch(/<p id="checkAt-error"[^>]*>/)
    const change = /<a[^>]*id="checkAt"[^>]*>/.exec(back)?.[0] ?? ''
    expect(change).toContain('aria-describedby="checkAt-error"')
    expect(change).toMatch(/href="\/support\/file-for\?person=[^"]*#checkAt"/)
    expect(back).not.toContain('id="rule"')
  })
})

describe('asking for somebody', () => {
  it('offers what is missing after a restore, and takes it without one too', async () => {
    const at = `/support/file-for/question?person=${annId}`
    const before = await agent.open(QuestionPage, at)
    expect(before.html).toContain('value="missing_records"')
    expect(before.html).not.toContain('name="aboutRequestId"')
    const said = { kind: 'missing_records', subject: 'Gone', text: 'Zenobia is gone.', ...check, checkAt: anHourAgo() }
    const plain = await agent.send(open, before.html, '/support/file-for/question/open', said)
    expect(plain.location).toMatch(/^\/support\/tickets\/.*done=opened/)
    const holding = await database().holding.findFirstOrThrow({ where: { subscriberId: annId } })
    const wish = { subscriberId: annId, accountId, holdingIds: [holding.id], rule: 'merge' as const }
    const { id, reference } = await fileRequest(operator, { ...wish, filingKey: randomUUID() })
    await approveRequest(operator, { requestId: id })
    const { html } = await agent.open(QuestionPage, at)
    expect(wordsOf(html)).toContain(reference)
    const named = { ...said, subject: 'More is gone', aboutRequestId: id, items: 'contacts' }
    const opened = await agent.send(open, html, '/support/file-for/question/open', named)
    expect(opened.location).toMatch(/^\/support\/tickets\//)
    const ticket = await database().ticket.findFirstOrThrow({ where: { aboutRequestId: id }, include: { items: true } })
    expect(ticket.items).toMatchObject([{ category: 'contacts', file: null }])
  })
})
