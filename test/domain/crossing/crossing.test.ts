import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { consentCrossing } from '@/domain/crossing/consent-crossing'
import { crossingWaitMs } from '@/domain/crossing/crossing-status'
import { findOwnCrossing, listOwnCrossings } from '@/domain/crossing/find-crossings'
import { undoCrossing } from '@/domain/crossing/undo-crossing'
import { approveDecision } from '@/domain/decision/approve-decision'
import { approveRequest } from '@/domain/restore/approve-request'
import { findRequest, listOwnRequests } from '@/domain/restore/find-requests'
import { readOutcomes, readReport } from '@/domain/restore/read-report'
import { CrossingWorld, proved } from '@/test/domain/crossing/crossing-world'
import { contents, refused } from '@/test/domain/decision/decision-world'
import { days, later } from '@/test/domain/identity/guard-world'
import { card } from '@/test/domain/restore/records'
import { longKnown } from '@/test/support/long-known'

let world: CrossingWorld
beforeAll(async () => {
  world = await CrossingWorld.begin()
}, 120_000)
afterAll(() => world?.end())

describe('one person’s records into another’s account', () => {
  it('are asked for, agreed to, consented to twice, waited for, approved twice, put there and taken out again', async () => {
    const pair = await world.pair(
      [
        card('same@x', 'Sam Same', 'TEL:+12065550101'),
        card('differs@x', 'Dee Differs', 'TEL:+12065550102', 'NOTE:canary-of-ada'),
        card('new@x', 'Nia New', 'TEL:+12065550103'),
      ].join(''),
    )
    const { ada, bob, folder } = pair
    await mkdir(path.join(folder, 'contacts'), { recursive: true })
    await writeFile(path.join(folder, 'contacts/1.vcf'), card('same@x', 'Sam Same', 'TEL:+12065550101'))
    await writeFile(
      path.join(folder, 'contacts/2.vcf'),
      card('differs@x', 'Dee Differs', 'TEL:+12065550102', 'NOTE:canary-of-bob'),
    )
    const before = await contents(folder)

    const { decisionId } = await world.ask(pair)
    // Neither of the two is shown the other before a second person of support has agreed.
    for (const person of [ada, bob]) expect(await listOwnCrossings(proved(person))).toEqual([])
    await approveDecision(world.ben, { decisionId })
    const crossingId = (await world.byDecision(decisionId)).id
    const shown = await findOwnCrossing(proved(bob), crossingId)
    expect(shown).toMatchObject({
      side: 'target',
      status: 'open',
      sourceAccountId: pair.adaId,
      actions: ['consent', 'refuse'],
    })
    expect(shown.categories).toEqual([{ category: 'contacts', asked: 3, there: null, notThere: null }])

    await consentCrossing(proved(bob), { crossingId })
    expect((await world.crossing(crossingId)).requestId).toBeNull()
    await consentCrossing(proved(ada), { crossingId })
    const { requestId, opensAt } = await world.crossing(crossingId)
    const into = requestId!
    expect(opensAt!.getTime() - Date.now()).toBeGreaterThan(crossingWaitMs - 60_000)

    await approveRequest(world.ann, { requestId: into })
    await expect(approveRequest(world.ann, { requestId: into }, later(opensAt!, 1))).rejects.toEqual(
      refused('takes-another'),
    )
    await expect(approveRequest(world.ben, { requestId: into }, later(opensAt!, -1))).rejects.toEqual(
      refused('account-cooling'),
    )
    await approveRequest(world.ben, { requestId: into }, later(opensAt!, 1))
    await world.guard.restores.run(into)

    expect(await world.request(into)).toMatchObject({
      status: 'done',
      subscriberId: bob.subscriberId,
      rule: 'keep_both',
    })
    const now = await contents(folder)
    for (const [name, bytes] of Object.entries(before)) expect(now[name]).toBe(bytes)
    expect(Object.keys(now)).toHaveLength(4)
    expect(Object.values(now).join('')).toContain('canary-of-ada')

    // Ada is not told which of hers the other account had already, nor why.
    const forAda = await findOwnCrossing(proved(ada), crossingId)
    expect(forAda.categories).toEqual([{ category: 'contacts', asked: 3, there: 3, notThere: 0 }])
    expect(forAda).toMatchObject({ side: 'source', requestId: null, request: 'done', actions: ['undo'] })
    expect(JSON.stringify(forAda)).not.toContain(pair.accountId)

    await undoCrossing(proved(ada), { crossingId })
    await expect(undoCrossing(proved(bob), { crossingId })).rejects.toEqual(refused('cannot-undo'))
    await world.guard.restores.run(into)
    expect(await contents(folder)).toEqual(before)
    expect(await world.told(ada)).toEqual([
      ...['asked', 'consent', 'consented', 'waits', 'approved', 'started', 'finished', 'undone'],
    ])
    expect(await world.told(bob)).toEqual(['asked', 'consent', 'consented', 'waits'])
  })

  it('shows neither the other’s content, nor the request to whom it is not', async () => {
    const pair = await world.pair(card('a@x', 'Canary-Of-Ada', 'TEL:+12065550111'))
    await mkdir(path.join(pair.folder, 'contacts'), { recursive: true })
    await writeFile(path.join(pair.folder, 'contacts/b.vcf'), card('a@x', 'Canary-Of-Bob', 'TEL:+12065550199'))
    const { crossingId, into } = await world.finished(pair)
    const now = new Date()
    const ada = { ...proved(pair.ada), keySince: longKnown(now) }
    const bob = { ...proved(pair.bob), keySince: longKnown(now) }

    for (const look of [findRequest, readReport]) await expect(look(ada, into)).rejects.toEqual(refused('not-found'))
    expect((await listOwnRequests(ada)).map(({ id }) => id)).toEqual([pair.requestId])
    const outcomes = []
    for await (const one of readOutcomes(bob, world.guard.restores.open.services, into, { all: true }))
      outcomes.push(one)
    expect(outcomes).toHaveLength(1)
    expect(outcomes[0]).toMatchObject({ href: null, record: { unseen: true, title: null, uid: null } })
    const seen = { outcomes, ada: await findOwnCrossing(ada, crossingId), bob: await findOwnCrossing(bob, crossingId) }
    for (const canary of ['Canary-Of-Ada', 'Canary-Of-Bob']) expect(JSON.stringify(seen)).not.toContain(canary)
  })

  it('may be taken out by support as well, with a proof, and by nobody else', async () => {
    const pair = await world.pair()
    const { crossingId, into } = await world.finished(pair)
    const stranger = await world.guard.person()
    await expect(undoCrossing(proved(stranger), { crossingId })).rejects.toEqual(refused('not-found'))
    await expect(undoCrossing(world.decisions.cleo, { crossingId })).rejects.toEqual(refused('not-found'))
    await expect(undoCrossing({ ...world.ann, provedAt: null }, { crossingId })).rejects.toEqual(refused('needs-proof'))
    await expect(undoCrossing(proved(pair.bob), { crossingId }, later(new Date(), 31 * days))).rejects.toThrow()
    await undoCrossing(world.ann, { crossingId })
    await world.guard.restores.run(into)
    expect(await contents(pair.folder)).toEqual({})
  })
})
