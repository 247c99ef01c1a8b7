import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { POST as askOwn } from '@/app/account/security/erase/route'
import { POST as withdrawOwn } from '@/app/account/security/erase/withdraw/route'
import SecurityPage from '@/app/account/security/page'
import { POST as approve } from '@/app/admin/erasures/approve/route'
import { POST as ask } from '@/app/admin/erasures/ask/route'
import ErasuresPage from '@/app/admin/erasures/page'
import { POST as refuse } from '@/app/admin/erasures/refuse/route'
import { POST as end } from '@/app/admin/retention/holds/end/route'
import { POST as place } from '@/app/admin/retention/holds/place/route'
import RetentionPage from '@/app/admin/retention/page'
import { system } from '@/domain/actor'
import { purge } from '@/domain/retention/purge'
import { addStaff } from '@/domain/subscriber/add-staff'
import { database } from '@/gateways/database'
import { portalSettings } from '@/test/support/portal-settings'
import { PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const operator = system('test')

let world: RestoreWorld
let eve: PortalVisitor
let max: PortalVisitor
let auditor: PortalVisitor
let ann: PortalVisitor
let subscriberId: string
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  const add = (email: string, name: string, role: 'administrator' | 'auditor') =>
    addStaff(operator, { email, name, role, carrierSlug: null })
  await add('eve@homeward.example', 'Eve', 'administrator')
  await add('max@homeward.example', 'Max', 'administrator')
  await add('ida@homeward.example', 'Ida', 'auditor')
  subscriberId = await world.subscriber('ann')
  eve = await PortalVisitor.signedIn('eve@homeward.example')
  max = await PortalVisitor.signedIn('max@homeward.example')
  auditor = await PortalVisitor.signedIn('ida@homeward.example')
  ann = await PortalVisitor.signedIn('ann@people.example', { subscriberId })
}, 120_000)
afterAll(() => world.end())

const held = { scope: 'subscriber', carrier: 'harbor', name: 'ann', reason: 'A claim', reference: 'X-1' }
const statusOf = async () => (await database().erasure.findFirstOrThrow({ orderBy: { askedAt: 'desc' } })).status

describe('the page of what is kept', () => {
  it('says what is kept how long, and what the last purge removed', async () => {
    expect(wordsOf((await eve.open(RetentionPage, '/admin/retention')).html)).toContain('Nothing was purged yet.')
    await database().passkeyChallenge.create({
      data: { hash: Buffer.alloc(32, 9), purpose: 'sign-in', expires: new Date(0) },
    })
    await purge(operator, world.open.services)
    const words = wordsOf((await auditor.open(RetentionPage, '/admin/retention')).html)
    expect(words).toContain('The last purge removed one thing')
    expect(words).toMatch(/Questions to passkeys Kept for until it has run out Last removed 1/)
    expect(words).not.toContain('Place a legal hold')
  })

  it('holds a subscriber, and takes two people to end that', async () => {
    const { html } = await eve.open(RetentionPage, '/admin/retention')
    const wrong = await eve.send(place, html, '/admin/retention/holds/place', { ...held, name: 'nobody' })
    const back = (await eve.open(RetentionPage, wrong.location ?? '')).html
    expect(wordsOf(back)).toContain('There is nobody and nothing of this name')
    const placed = await eve.send(place, html, '/admin/retention/holds/place', held)
    expect(placed.location).toBe('/admin/retention?done=placed')
    const page = (await eve.open(RetentionPage, '/admin/retention')).html
    expect(wordsOf(page)).toMatch(/ann One subscriber .*A claim X-1/)
    const { id: holdId } = await database().legalHold.findFirstOrThrow()
    expect((await eve.send(end, page, '/admin/retention/holds/end', { holdId })).location).toContain('done=end-asked')
    expect(wordsOf((await eve.open(RetentionPage, '/admin/retention')).html)).toContain('Another person has to agree')
    const other = (await max.open(RetentionPage, '/admin/retention')).html
    expect(wordsOf(other)).toContain('Agree to end it')
    expect((await max.send(end, other, '/admin/retention/holds/end', { holdId })).location).toContain('done=ended')
  })
})

describe('erasures', () => {
  it('are asked for by one and agreed by another', async () => {
    const { html } = await eve.open(ErasuresPage, '/admin/erasures')
    expect(wordsOf(html)).toContain('Nobody’s erasure was asked for.')
    const asked = await eve.send(ask, html, '/admin/erasures/ask', { carrier: 'harbor', name: 'ann' })
    expect(asked.location).toBe('/admin/erasures?done=asked')
    const mine = (await eve.open(ErasuresPage, '/admin/erasures')).html
    expect(mine).not.toContain('/admin/erasures/approve')
    const { id: erasureId } = await database().erasure.findFirstOrThrow()
    const other = (await max.open(ErasuresPage, '/admin/erasures')).html
    expect((await max.send(approve, other, '/admin/erasures/approve', { erasureId })).location).toContain(
      'done=approved',
    )
    expect(wordsOf((await auditor.open(ErasuresPage, '/admin/erasures')).html)).toContain('Agreed')
    expect(await statusOf()).toBe('approved')
    expect((await max.send(refuse, other, '/admin/erasures/refuse', { erasureId })).location).toContain('done=refused')
    expect(await database().erasure.count({ where: { subscriberId, status: 'refused' } })).toBe(1)
  })

  it('are asked for by the subscriber, who can take it back', async () => {
    const { html } = await ann.open(SecurityPage, '/account/security')
    expect(wordsOf(html)).toContain('Erase everything about me')
    const { location } = await ann.send(askOwn, html, '/account/security/erase', { sure: 'yes' })
    expect(location).toBe('/account/security?done=erasure-asked')
    const page = (await ann.open(SecurityPage, '/account/security')).html
    expect(wordsOf(page)).toContain('Until then you can take it back')
    const { id: erasureId } = await database().erasure.findFirstOrThrow({ where: { status: 'asked' } })
    const back = await ann.send(withdrawOwn, page, '/account/security/erase/withdraw', { erasureId })
    expect(back.location).toBe('/account/security?done=erasure-withdrawn')
    expect(await statusOf()).toBe('withdrawn')
  })
})

it('all of it reads in French without a key or a gap', async () => {
  eve.language = 'fr'
  ann.language = 'fr'
  const pages = [
    await eve.open(RetentionPage, '/admin/retention?done=placed'),
    await eve.open(ErasuresPage, '/admin/erasures?done=approved'),
    await ann.open(SecurityPage, '/account/security?done=erasure-withdrawn'),
  ]
  for (const { html } of pages) expect(wordsOf(html)).not.toMatch(/\bretention\.[a-z]|undefined|\{|\S [;!?»]/)
})
