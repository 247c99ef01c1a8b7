import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import crossingPage from '@/app/account/crossings/[id]/page'
import securityPage from '@/app/account/security/page'
import decisionPage from '@/app/support/decisions/[id]/page'
import elsewherePage from '@/app/support/requests/[id]/elsewhere/page'
import requestPage from '@/app/support/requests/[id]/page'
import { reader, transaction } from '@/domain/transaction'
import { CrossingWorld, type Pair } from '@/test/domain/crossing/crossing-world'
import { portalSettings } from '@/test/support/portal-settings'
import { PortalVisitor } from '@/test/support/portal-visitor'

vi.mock('next/headers', () => import('@/test/support/next-request'))

let world: CrossingWorld
beforeAll(async () => {
  world = await CrossingWorld.begin()
  portalSettings(world.guard.restores.folder)
}, 120_000)
afterAll(() => world?.end())

const support = async (): Promise<PortalVisitor> => {
  const { email } = await reader('every-carrier').staff.findUniqueOrThrow({ where: { id: world.ann.staffId } })
  return PortalVisitor.signedIn(email)
}
const asPerson = ({ email, subscriberId }: Pair['ada']) => PortalVisitor.signedIn(email, { subscriberId })

it('shows each of the two who, how many and what may be done, in both languages, and nobody else anything', async () => {
  const pair = await world.pair()
  const id = await world.opened(pair)
  // Sealed by the world's key, which is not the portal's.
  await transaction('every-carrier', tx => tx.subscriber.updateMany({ data: { phone: null, phoneIndex: null } }))
  for (const language of ['en', 'fr'] as const)
    for (const [person, other] of [
      [pair.ada, pair.bobId],
      [pair.bob, pair.adaId],
    ] as const) {
      const visitor = await asPerson(person)
      visitor.language = language
      const { status, html } = await visitor.open(crossingPage, `/account/crossings/${id}`, { id })
      expect(status).toBe(200)
      expect(html).toContain(other)
      for (const act of ['consent', 'refuse']) expect(html).toContain(`/account/crossings/${id}/${act}`)
      expect(html).not.toContain('Canary-A')
      const list = await visitor.open(securityPage, '/account/security')
      expect(list.html).toContain(`/account/crossings/${id}`)
    }
  const stranger = await asPerson(await world.guard.person())
  const answer = await stranger
    .open(crossingPage, `/account/crossings/${id}`, { id })
    .catch(() => ({ status: 404, html: '' }))
  expect(answer.html).not.toContain(pair.adaId)
  expect(answer.html).not.toContain(pair.bobId)
})

it('leads support from a request to the other person’s accounts, the question, and the request that carries it', async () => {
  const pair = await world.pair()
  const visitor = await support()
  const { requestId: id, bobId, accountId } = pair
  const request = await visitor.open(requestPage, `/support/requests/${id}`, { id })
  expect(request.html).toContain(`/support/requests/${id}/elsewhere`)
  const at = `/support/requests/${id}/elsewhere`
  expect((await visitor.open(elsewherePage, `${at}?to=nobody`, { id })).html).toContain('No other subscriber')
  expect((await visitor.open(elsewherePage, `${at}?to=${bobId}`, { id })).html).toContain(accountId)

  const { crossingId, into } = await world.consented(pair)
  const { decisionId } = await world.crossing(crossingId)
  const decision = await visitor.open(decisionPage, `/support/decisions/${decisionId}`, { id: decisionId })
  for (const who of [pair.adaId, bobId]) expect(decision.html).toContain(who)
  const carried = await visitor.open(requestPage, `/support/requests/${into}`, { id: into })
  expect(carried.html).toContain(pair.adaId)
  expect(carried.html).not.toContain(`/support/requests/${into}/elsewhere"`)
})
