import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { outside } from '@/app/_shell/outside'
import AccountPage from '@/app/account/page'
import RestorePage from '@/app/account/restore/page'
import ProvePage from '@/app/account/security/prove/page'
import { system } from '@/domain/actor'
import { lockRestores } from '@/domain/identity/lock-restores'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { portalSettings } from '@/test/support/portal-settings'
import { PortalVisitor, wordsOf } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const operator = system('test')
const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nN:One;;;;\r\nFN:One\r\nTEL:+1 206 555 0101\r\nEND:VCARD\r\n'
const email = 'ana@people.example'

let world: RestoreWorld
let subscriberId: string
let ana: PortalVisitor
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  const input = { carrierSlug: 'harbor', accountId: 'ana', email, phone: '+12065550101' }
  subscriberId = (await addSubscriber(operator, outside().secrets, input)).id
  await world.batch('first', { 'ana/contacts.vcf': card })
  ana = await PortalVisitor.signedIn(email, { subscriberId })
}, 120_000)
afterAll(() => world?.end())

const wordsAt = async (page: Parameters<PortalVisitor['open']>[0], path: string) =>
  wordsOf((await ana.open(page, path)).html)

describe('what holds somebody’s data back', () => {
  it('is said at home and before they ask for it, once there is something', async () => {
    const pages = [
      [AccountPage, '/account'],
      [RestorePage, '/account/restore'],
    ] as const
    for (const [page, path] of pages) expect(await wordsAt(page, path)).not.toContain('Nothing is given out now')
    await lockRestores(operator, { subscriberId })
    for (const [page, path] of pages) {
      const words = await wordsAt(page, path)
      expect(words).toContain('Nothing is given out now')
      expect(words).toContain('You locked restores on')
    }
  })
})

describe('the page that asks for a proof', () => {
  it('says that what was entered is kept only where a form was left behind', async () => {
    const at = (next: string) => wordsAt(ProvePage, `/account/security/prove?next=${encodeURIComponent(next)}`)
    expect(await at('/account/records?page=2')).not.toContain('What you entered is kept')
    expect(await at('/account/restore/check?rule=merge&form=0a1b2c3d')).toContain('What you entered is kept')
  })
})
