import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { outside } from '@/app/_shell/outside'
import { POST as checkCode } from '@/app/account/security/prove/check/route'
import SecurityPage from '@/app/security/page'
import { POST as playDemonstration } from '@/app/sign-in/demonstration/route'
import { system } from '@/domain/actor'
import { codesOf } from '@/domain/identity/code-rules'
import { sendCode } from '@/domain/identity/send-code'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { database } from '@/gateways/database'
import { portalSettings } from '@/test/support/portal-settings'
import { formsOf, PortalVisitor } from '@/test/support/portal-visitor'
import { RestoreWorld } from '@/test/support/restore-world'

vi.mock('next/headers', () => import('@/test/support/next-request'))

const email = 'ana@people.example'
const cookie = 'hw-session'
let world: RestoreWorld
let subscriberId: string
let carrierId: string
beforeAll(async () => {
  world = await RestoreWorld.begin()
  portalSettings(world.folder)
  process.env.HOMEWARD_DEMONSTRATION = '1'
  const input = { carrierSlug: 'harbor', accountId: 'ana', email, phone: '+12065550101' }
  const added = await addSubscriber(system('test'), outside().secrets, input)
  subscriberId = added.id
  carrierId = added.carrierId
})
afterAll(() => world?.end())

/** The same browser's cookies, once more: what a page that was opened before still sends. */
class Copy extends PortalVisitor {
  static of(one: PortalVisitor): Copy {
    const copy = new Copy()
    ;(copy as unknown as { cookies: Map<string, string> }).cookies.set(cookie, one.cookie(cookie)!)
    return copy
  }
}
const isIn = async (one: PortalVisitor): Promise<boolean> => (await one.open(SecurityPage, '/security')).status === 200
const tokenOf = async (one: PortalVisitor): Promise<string> =>
  formsOf((await one.open(SecurityPage, '/security')).html)[0]!.hidden.token!
const rowOf = (one: PortalVisitor) =>
  database().signInSession.findUniqueOrThrow({
    where: { sessionToken: createHash('sha256').update(one.cookie(cookie)!).digest('hex') },
  })

async function codeFor(one: PortalVisitor): Promise<string> {
  const { id: sessionId } = await rowOf(one)
  const sim = { check: async () => ({ kind: 'unchanged' }) as const }
  const all = { secrets: outside().secrets, sim, sendsSms: true, otp: null }
  const actor = { role: 'subscriber', subscriberId, carrierId, provedAt: null } as const
  await sendCode(actor, all, { subscriberId, sessionId })
  const { id } = await database().identityCode.findFirstOrThrow({ orderBy: { id: 'desc' } })
  return codesOf(outside().secrets, id)[0]!
}

describe('a second proof', () => {
  it('by a code gives the session another token, and the one before signs in no more', async () => {
    const ana = await PortalVisitor.signedIn(email, { subscriberId, minutesAgo: 60 })
    const before = Copy.of(ana)
    const { id } = await rowOf(ana)
    const [token, code] = [await tokenOf(ana), await codeFor(ana)]
    const wrong = { token, next: '/account', code: String((Number(code) + 1) % 10 ** 8).padStart(8, '0') }
    await ana.post(checkCode, '/account/security/prove/check', wrong)
    expect(ana.cookie(cookie)).toBe(before.cookie(cookie))
    const { location } = await ana.post(checkCode, '/account/security/prove/check', { token, next: '/account', code })
    expect(location).toBe('/account')
    expect(ana.cookie(cookie)).not.toBe(before.cookie(cookie))
    expect(await isIn(before)).toBe(false)
    expect(await isIn(ana)).toBe(true)
    const row = await rowOf(ana)
    expect(row.id).toBe(id)
    expect(Date.now() - row.provedAt!.getTime()).toBeLessThan(30_000)
    // Forms that were open before still belong to the session.
    expect(await tokenOf(ana)).toBe(token)
  })

  it('by a passkey does the same', async () => {
    const ana = new PortalVisitor()
    await ana.post(playDemonstration, '/sign-in/demonstration', { person: subscriberId })
    const before = Copy.of(ana)
    const token = await tokenOf(ana)
    const prove = { token, person: subscriberId, next: '/security' }
    expect((await ana.post(playDemonstration, '/sign-in/demonstration', prove)).location).toBe('/security')
    expect(ana.cookie(cookie)).not.toBe(before.cookie(cookie))
    expect([await isIn(before), await isIn(ana)]).toEqual([false, true])
  })
})
