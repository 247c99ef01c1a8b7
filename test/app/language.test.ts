import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import AccountPage from '@/app/account/page'
import { POST as switchLanguage } from '@/app/language/route'
import SecurityPage from '@/app/security/page'
import { POST as useLink } from '@/app/sign-in/link/use/route'
import { POST as choosePerson } from '@/app/sign-in/whose/choose/route'
import WhosePage from '@/app/sign-in/whose/page'
import { system } from '@/domain/actor'
import { loadMessage } from '@/domain/notification/load-message'
import { declineRequest } from '@/domain/restore/decline-request'
import { fileRequest } from '@/domain/restore/file-request'
import { addStaff } from '@/domain/subscriber/add-staff'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { database } from '@/gateways/database'
import type { Language } from '@/messages/language'
import { portalSettings } from '@/test/support/portal-settings'
import { PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const operator = system('test')
const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nN:One;;;;\r\nFN:One\r\nTEL:+1 206 555 0101\r\nEND:VCARD\r\n'
const french = 'Nous avons retrouvé des données à vous'
const english = 'We found data of yours'

let world: RestoreWorld
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  await person('ann', 'en')
  await person('luc', 'fr')
  await person('mum', 'en', 'home@people.example')
  await person('son', 'fr', 'home@people.example')
  await world.batch('first', { 'ann/contacts.vcf': card, 'luc/contacts.vcf': card, 'son/contacts.vcf': card })
}, 120_000)
afterAll(() => world.end())

const ids: Record<string, string> = {}

async function person(accountId: string, language: Language, email = `${accountId}@people.example`): Promise<void> {
  const input = { carrierSlug: 'harbor', accountId, email, language }
  ids[accountId] = (await addSubscriber(operator, world.open.services.secrets, input)).id
}

const languageOf = async (accountId: string) =>
  (await database().subscriber.findUniqueOrThrow({ where: { id: ids[accountId]! } })).language

const chosen = (accountId: string) =>
  database().event.findMany({
    where: { subject: `subscriber:${ids[accountId]}`, kind: 'subscriber.language-chosen' },
    orderBy: { seq: 'asc' },
  })

const home = async (visitor: PortalVisitor) => wordsOf((await visitor.open(AccountPage, '/account')).html)

/** Presses the switch, which every page has with the session's token. */
async function switchTo(visitor: PortalVisitor, language: string, next = '/account') {
  const whose = await visitor.open(WhosePage, '/sign-in/whose')
  // Whoever works here is asked for nobody.
  const { html } = whose.location === null ? whose : await visitor.open(SecurityPage, '/security')
  const token = /name="token" value="([^"]+)"/.exec(html)?.[1]
  return visitor.post(switchLanguage, '/language', { language, next, ...(token === undefined ? {} : { token }) })
}

/** Opens a link that was mailed to the address, in this browser. */
async function signIn(visitor: PortalVisitor, identifier: string) {
  const linkToken = randomUUID()
  const token = createHash('sha256').update(`${linkToken}${process.env.NEXTAUTH_SECRET}`).digest('hex')
  await database().signInToken.create({ data: { identifier, token, expires: new Date(Date.now() + 60_000) } })
  return visitor.post(useLink, '/sign-in/link/use', { linkToken })
}

describe('the language switch', () => {
  it('changes the pages, and for a subscriber the language of their mail', async () => {
    const ann = await PortalVisitor.signedIn('ann@people.example', { subscriberId: ids.ann! })
    expect(await home(ann)).toContain(english)
    expect((await switchTo(ann, 'fr')).location).toBe('/account')
    expect(ann.cookie('hw-language')).toBe('fr')
    expect(await home(ann)).toContain(french)
    expect(await languageOf('ann')).toBe('fr')
    const events = await chosen('ann')
    expect(events).toMatchObject([{ actorRole: 'subscriber', actorId: ids.ann, data: '{"language":"fr"}' }])

    const { id: accountId } = await world.vdir(ids.ann!)
    const { id: holdingId } = await database().holding.findFirstOrThrow({ where: { subscriberId: ids.ann! } })
    const asked = { subscriberId: ids.ann!, accountId, holdingIds: [holdingId], filingKey: randomUUID() }
    const { id: requestId } = await fileRequest(operator, { ...asked, rule: 'merge' })
    const { id } = await database().message.findFirstOrThrow({ where: { requestId } })
    expect(await loadMessage(id)).toMatchObject({ language: 'fr', to: 'ann@people.example' })
    await declineRequest(operator, { requestId, reason: 'asked-twice' })

    await switchTo(ann, 'fr')
    expect(await chosen('ann')).toHaveLength(1)
    await switchTo(ann, 'en')
    expect(await languageOf('ann')).toBe('en')
    expect(await chosen('ann')).toHaveLength(2)
    expect(await loadMessage(id)).toMatchObject({ language: 'en' })
  })

  it('changes nobody’s mail but that of who the session is about', async () => {
    const mum = await PortalVisitor.signedIn('home@people.example', { subscriberId: ids.mum! })
    await switchTo(mum, 'fr')
    expect(await languageOf('mum')).toBe('fr')
    await switchTo(mum, 'en')
    expect([await languageOf('mum'), await languageOf('son')]).toEqual(['en', 'fr'])
    expect(await chosen('son')).toEqual([])
  })

  it('is the browser’s alone for whoever is nobody yet, or staff', async () => {
    await addStaff(operator, { email: 'lea@homeward.example', name: 'Lea', role: 'support_lead', carrierSlug: null })
    const events = await database().event.count()
    const household = await PortalVisitor.signedIn('home@people.example')
    const lea = await PortalVisitor.signedIn('lea@homeward.example')
    for (const visitor of [new PortalVisitor(), household, lea]) {
      const { location } = await switchTo(visitor, 'fr', '/en?x=1')
      expect([location, visitor.cookie('hw-language')]).toEqual(['/fr?x=1', 'fr'])
    }
    expect(await database().event.count()).toBe(events)
  })

  it('changes nothing without the session’s token, or for a language that is none', async () => {
    const ann = await PortalVisitor.signedIn('ann@people.example', { subscriberId: ids.ann! })
    await ann.post(switchLanguage, '/language', { language: 'fr', next: '/account' })
    await switchTo(ann, 'de')
    expect([await languageOf('ann'), ann.cookie('hw-language')]).toEqual(['en', undefined])
  })
})

describe('signing in', () => {
  it('on a new browser starts with the subscriber’s own language', async () => {
    const luc = new PortalVisitor()
    expect((await signIn(luc, 'luc@people.example')).location).toBe('/account')
    expect(luc.cookie('hw-language')).toBe('fr')
    expect(await home(luc)).toContain(french)
  })

  it('where a language was chosen before keeps it, and the mail’s too', async () => {
    const luc = new PortalVisitor()
    await luc.post(switchLanguage, '/language', { language: 'en' })
    await signIn(luc, 'luc@people.example')
    expect(await home(luc)).toContain(english)
    expect(await languageOf('luc')).toBe('fr')
  })

  it('to a household starts with the language of whoever is chosen', async () => {
    const son = new PortalVisitor()
    expect((await signIn(son, 'home@people.example')).location).toBe('/sign-in/whose')
    expect(son.cookie('hw-language')).toBeUndefined()
    const { html } = await son.open(WhosePage, '/sign-in/whose')
    await son.send(choosePerson, html, '/sign-in/whose/choose', { person: ids.son! })
    expect(await home(son)).toContain(french)
  })
})
