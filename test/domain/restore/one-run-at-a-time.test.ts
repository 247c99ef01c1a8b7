import { afterAll, beforeAll, expect, it } from 'vitest'
import { advanceRun } from '@/domain/restore/advance-run'
import { reader } from '@/domain/transaction'
import { RestoreWorld } from '@/test/support/restore-world'

let world: RestoreWorld
beforeAll(async () => {
  world = await RestoreWorld.begin()
})
afterAll(() => world?.end())

const cards = (count: number): string =>
  Array.from({ length: count }, (_, n) =>
    ['BEGIN:VCARD', 'VERSION:3.0', `UID:${n}@x`, `N:P${n};;;;`, `FN:P${n}`, 'END:VCARD', ''].join('\r\n'),
  ).join('')

it('lets no other run into the account between two turns of one, so that each record was created by one', async () => {
  const subscriberId = await world.subscriber('S-1')
  await world.batch('b1', { 'S-1/contacts.vcf': cards(250) })
  const { id: accountId } = await world.vdir(subscriberId)
  const first = await world.request({ subscriberId, accountId })
  const second = await world.request({ subscriberId, accountId })
  const runs = await reader('every-carrier').run.findMany({ where: { requestId: { in: [first, second] } } })
  const turn = (requestId: string, sliceMs?: number) => {
    const runId = runs.find(run => run.requestId === requestId)!.id
    const slice = sliceMs === undefined ? {} : { sliceMs }
    return advanceRun(world.open.services, { runId, signal: new AbortController().signal, ...slice })
  }

  expect(await turn(first, 1)).toMatchObject({ kind: 'again' })
  expect(await turn(second)).toMatchObject({ kind: 'again' })
  for (let ended = false; !ended; ) {
    ended = (await turn(first, 40)).kind === 'ended'
    expect(await turn(second)).toMatchObject({ kind: ended ? 'ended' : 'again' })
  }
  const [one, other] = [await world.report(first), await world.report(second)]
  expect([one.state, other.state]).toEqual(['done', 'done'])
  expect(one.categories.contacts).toMatchObject({ created: 250, alreadyPresent: 0 })
  expect(other.categories.contacts).toMatchObject({ created: 0, alreadyPresent: 250 })
})
