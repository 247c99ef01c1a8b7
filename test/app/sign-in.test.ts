import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { askNextAuth, authOptions } from '@/app/_shell/next-auth'
import { sendLink } from '@/app/_shell/sign-in'
import PeoplePage from '@/app/admin/people/page'
import SecurityPage from '@/app/security/page'
import { POST as endOthers } from '@/app/security/sessions/end-others/route'
import { POST as playDemonstration } from '@/app/sign-in/demonstration/route'
import { POST as usePasskey } from '@/app/sign-in/passkey/use/route'
import { POST as send } from '@/app/sign-in/send/route'
import { system } from '@/domain/actor'
import { addStaff } from '@/domain/subscriber/add-staff'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { database } from '@/gateways/database'
import { portalSettings } from '@/test/support/portal-settings'
import { PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))
// next-auth tells of each address that it refuses.
vi.mock('@/app/_shell/report-fault', () => ({ reportFault: vi.fn() }))

const operator = system('test')
const victim = 'victim@people.example'
const admin = 'admin@staff.example'

let world: RestoreWorld
let adminId: string
let subscriberId: string
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  const input = { carrierSlug: 'harbor', accountId: 'victim', email: victim }
  subscriberId = (await addSubscriber(operator, world.open.services.secrets, input)).id
  adminId = (await addStaff(operator, { email: admin, name: 'Ada', role: 'administrator', carrierSlug: null })).id
})
afterAll(() => world.end())

const attacks = [
  '"e@attacker.example"@people.example',
  'victim@people.example,e@attacker.example',
  'victim@people.example;e@attacker.example',
  'victim@people.example e@attacker.example',
  '<victim@people.example>e@attacker.example',
  'e@attacker.example\nvictim@people.example',
  'victim@people.example\r\nBcc: e@attacker.example',
  'victim＠people.example',
  'victim﹫people.example',
  'victim@people.example@attacker.example',
  'e@attacker.example(victim@people.example)',
  'vıctım@people.example',
  'victim@people.example\0@attacker.example',
  '@people.example',
]

describe('an address that means several things', () => {
  it.each(attacks)('%j is not written to, by the form', async email => {
    const { location } = await new PortalVisitor().post(send, '/sign-in/send', { email })
    // What a form takes off (NUL characters, space around) leaves no address of anybody either.
    expect(location).toMatch(/^\/sign-in\?next=&form=/)
    expect(await database().signInToken.count()).toBe(0)
  })

  it.each(attacks)('%j is not written to, by what makes the link', async email => {
    const deliver = vi.fn(async () => undefined)
    const options = authOptions(false, deliver)
    const csrf = await askNextAuth(options, 'GET', ['csrf'])
    const [cookie = ''] = csrf.cookies.map(one => one.split(';', 1)[0] ?? '')
    const at = cookie.indexOf('=')
    const { csrfToken } = csrf.body as { csrfToken: string }
    await askNextAuth(options, 'POST', ['signin', 'email'], {
      body: { email, csrfToken },
      cookies: { [cookie.slice(0, at)]: decodeURIComponent(cookie.slice(at + 1)) },
    })
    expect(deliver).not.toHaveBeenCalled()
    expect(await database().signInToken.count()).toBe(0)
  })
})

describe('whoever works here', () => {
  it('is written no link', async () => {
    await new PortalVisitor().open(SecurityPage, '/security')
    await sendLink({ email: admin, next: '' })
    expect(await database().signInToken.count()).toBe(0)
    await sendLink({ email: victim, next: '' })
    expect(await database().signInToken.count()).toBe(1)
    await database().signInToken.deleteMany()
  })

  it('is nobody in a session that their mailbox opened', async () => {
    const byMail = await PortalVisitor.signedIn(admin)
    await database().signInSession.updateMany({ where: { staffId: adminId }, data: { staffId: null, method: 'mail' } })
    expect((await byMail.open(PeoplePage, '/admin/people')).location).toMatch(/^\/sign-in\/whose\?next=/)
  })

  it('is asked again after an hour without use, and the session is gone', async () => {
    const ada = await PortalVisitor.signedIn(admin)
    expect((await ada.open(PeoplePage, '/admin/people')).status).toBe(200)
    const lastSeenAt = new Date(Date.now() - 62 * 60_000)
    await database().signInSession.updateMany({ where: { staffId: adminId }, data: { lastSeenAt } })
    expect((await ada.open(PeoplePage, '/admin/people')).location).toMatch(/^\/sign-in\?next=/)
    expect(await database().signInSession.count({ where: { staffId: adminId } })).toBe(0)
  })

  it('keeps a session by using it, noted to the minute', async () => {
    const ada = await PortalVisitor.signedIn(admin)
    const seen = async () =>
      (await database().signInSession.findFirstOrThrow({ where: { staffId: adminId } })).lastSeenAt
    const first = await seen()
    await ada.open(PeoplePage, '/admin/people')
    expect(await seen()).toEqual(first)
    const lastSeenAt = new Date(Date.now() - 59 * 60_000)
    await database().signInSession.updateMany({ where: { staffId: adminId }, data: { lastSeenAt } })
    await ada.open(PeoplePage, '/admin/people')
    expect(Date.now() - (await seen()).getTime()).toBeLessThan(10_000)
  })

  it('has no demonstration’s passkey where there is no demonstration', async () => {
    const { location } = await new PortalVisitor().post(playDemonstration, '/sign-in/demonstration', {
      person: adminId,
    })
    expect(location).toMatch(/^\/sign-in\?next=&form=/)
    expect(await readdir(world.folder)).not.toContain(path.basename('demonstration-passkeys'))
    expect(await database().passkey.count()).toBe(0)
  })
})

describe('a subscriber', () => {
  it('sees their own sessions and passkeys, and ends the others', async () => {
    const here = await PortalVisitor.signedIn(victim, { subscriberId })
    const there = await PortalVisitor.signedIn(victim, { subscriberId })
    const { html } = await here.open(SecurityPage, '/security')
    expect(wordsOf(html)).toContain('You have no passkey yet.')
    expect((await here.send(endOthers, html, '/security/sessions/end-others')).location).toBe('/security?done=ended')
    expect((await there.open(SecurityPage, '/security')).location).toMatch(/^\/sign-in\?next=/)
    expect((await here.open(SecurityPage, '/security')).status).toBe(200)
  })

  it('is told at once what a browser without scripts cannot do', async () => {
    const { location } = await new PortalVisitor().post(usePasskey, '/sign-in/passkey/use', { purpose: 'sign-in' })
    expect(location).toMatch(/^\/sign-in\?next=&form=/)
  })
})
