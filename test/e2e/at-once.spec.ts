import { randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import type { Actor } from '@/domain/actor'
import { changeRole } from '@/domain/identity/change-role'
import { reader } from '@/domain/transaction'
import { type Answered, MatrixPortal, type Visitor } from '@/test/e2e/matrix-portal'

/** The campaign sends 10,000. */
const replays = Number(process.env.CAMPAIGN_REPLAYS || 300)
const changes = Number(process.env.CAMPAIGN_ROLE_CHANGES || 6)
const atOnce = 100

test.describe.configure({ mode: 'default', timeout: 180_000 + replays * 200 + changes * 5_000 })

let portal: MatrixPortal
let subscriber: Visitor
test.beforeAll(async () => {
  test.setTimeout(300_000)
  portal = await MatrixPortal.begin()
  subscriber = portal.visitors.find(({ actor }) => actor.role === 'subscriber')!
})
test.afterAll(() => portal?.end())

/** What the last page of the restore flow posts. */
function wish(key: string, rule = 'merge'): { answers: string } {
  const { contacts: take, accountId: account } = portal.world.places.own
  return { answers: String(new URLSearchParams({ key, take, extent: 'all', account, rule })) }
}

/** `count` posts, so many at once as there may be. Who is told that it is too busy (503) sends the same once more. */
async function post(count: number, fields: (i: number) => Record<string, string>): Promise<Answered[]> {
  const answers: Answered[] = []
  let next = 0
  const send = async (form: Record<string, string>, left = 10): Promise<Answered> => {
    const answer = await portal.post(subscriber, '/account/restore/file', form)
    return answer.status === 503 && left > 0 ? send(form, left - 1) : answer
  }
  const sender = async () => {
    while (next < count) answers.push(await send(fields(next++)))
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, sender))
  return answers
}

const filedWith = (filingKey: string) =>
  reader('every-carrier').restoreRequest.findMany({ where: { filingKey }, include: { items: true } })
const said = (answers: Answered[]) => [...new Set(answers.map(({ status, location }) => `${status} ${location}`))]
const eventsOf = (id: string) => reader('every-carrier').event.count({ where: { subject: `request:${id}` } })

test(`${replays} replays of one filing, ${atOnce} at once: one effect, and each is answered as the first`, async () => {
  const key = randomUUID()
  const first = await post(atOnce, () => wish(key))
  const [request, ...more] = await filedWith(key)
  expect(more).toEqual([])
  expect(await eventsOf(request!.id)).toBe(1)
  // Nothing in any table and no file: no second mail, no second task.
  const before = await portal.world.print()
  const rest = await post(replays - atOnce, () => wish(key))
  expect(first.length + rest.length).toBe(replays)
  expect(said([...first, ...rest])).toEqual([`303 /account/restores/${request!.id}/filed`])
  expect(await portal.world.print()).toBe(before)
})

test('another wish with a key that was used is refused, and asks whether it is meant', async () => {
  const key = randomUUID()
  await post(1, () => wish(key))
  const before = await portal.world.print()
  const answers = await post(atOnce, () => wish(key, 'keep_both'))
  for (const { status, location } of answers) {
    expect(status).toBe(303)
    expect(location).toMatch(/^\/account\/restore\/check\?.*rule=keep_both.*&form=/)
    expect(location).not.toContain(key)
  }
  expect(await portal.world.print()).toBe(before)
  // Said once more, with the key that the page now holds, it is a request of its own.
  const again = new URL(answers[0]!.location!, portal.origin).searchParams.get('key')!
  expect(said(await post(1, () => wish(again, 'keep_both')))[0]).toMatch(/^303 \/account\/restores\/.*\/filed$/)
  expect(await filedWith(again)).toHaveLength(1)
})

test('two wishes with one key at the same moment: one of them is filed, the other refused each time', async () => {
  for (let round = 0; round < Math.max(2, replays / 500); round++) {
    const key = randomUUID()
    const answers = await post(atOnce, i => wish(key, i % 2 === 0 ? 'merge' : 'keep_current'))
    const [request, ...more] = await filedWith(key)
    expect(more).toEqual([])
    expect(await eventsOf(request!.id)).toBe(1)
    const filed = answers.filter(({ location }) => location === `/account/restores/${request!.id}/filed`)
    const refused = answers.filter(({ location }) => location?.startsWith('/account/restore/check?'))
    expect([filed.length, refused.length]).toEqual([atOnce / 2, atOnce / 2])
  }
})

test('a form without its key files nothing', async () => {
  const before = await portal.world.print()
  for (const key of ['', 'x', '0'.repeat(36)]) {
    const [answer] = await post(1, () => wish(key))
    expect(answer!.location).toMatch(/^\/account\/restore\/check\?.*form=/)
  }
  expect(await portal.world.print()).toBe(before)
})

test(`a role that changes ends at once what was open under it, ${changes} times`, async () => {
  const actorOf = (name: string) => portal.world.actors.find(([one]) => one === name)![1]
  const agent = actorOf('support_agent of harbor')
  if (!('staffId' in agent)) throw new Error('Not one who works here.')
  const roles = ['support_agent', 'support_lead'] as const
  for (let i = 0; i < changes; i++) {
    const open = await Promise.all(['one', 'two', 'three'].map(name => portal.signIn(name, agent)))
    for (const visitor of open) expect((await portal.get(visitor, '/support')).status).toBe(200)
    const administrator = { ...actorOf('administrator of installation'), provedAt: new Date() } as Actor
    const [from, role] = i % 2 === 0 ? roles : roles.toReversed()
    // Some requests are on their way while it happens: these may still be answered.
    const underway = open.map(visitor => portal.get(visitor, '/support'))
    await changeRole(administrator, { staffId: agent.staffId, from: from!, role: role! })
    // The very next request of each is nobody's.
    const after = await Promise.all(open.map(visitor => portal.get(visitor, '/support')))
    for (const { location } of after) expect(location).toMatch(/^\/sign-in\?next=/)
    for (const { status } of await Promise.all(underway)) expect([200, 307]).toContain(status)
    for (const visitor of open) {
      const { status, location } = await portal.post(visitor, '/support/requests/none/approve')
      expect([status, location?.startsWith('/sign-in') ?? status === 404]).toEqual([status, true])
    }
  }
})
