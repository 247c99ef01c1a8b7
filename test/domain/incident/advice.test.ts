import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Advice, adviceFor, standingAdvice } from '@/domain/incident/advice'
import { findAdvice, noteAdviceShown } from '@/domain/incident/find-advice'
import { findIncident } from '@/domain/incident/find-incident'
import { publishAdvice } from '@/domain/incident/publish-advice'
import { database } from '@/gateways/database'
import { at, IncidentWorld, refusalOf } from '@/test/domain/incident/incident-world'

const lines = fc.array(fc.constantFrom('Wait', 'Do not reset'), { maxLength: 2 })
const place = fc.constantFrom(null, 'a', 'b')
const published = fc.record({ carrierId: place, deviceModel: place, lines })

/** In the order in which they are published, each the next of its scope. */
function versionsOf(all: { carrierId: string | null; deviceModel: string | null; lines: string[] }[]): Advice[] {
  return all.map(({ lines: words, ...scope }, n) => ({
    ...scope,
    id: String(n),
    version:
      1 +
      all.slice(0, n).filter(one => one.carrierId === scope.carrierId && one.deviceModel === scope.deviceModel).length,
    publishedAt: at(n),
    does: { en: words, fr: words },
    doNots: { en: [], fr: [] },
  }))
}

describe('the advice that holds', () => {
  it('for somebody is the newest of the narrowest scope that says anything', () => {
    fc.assert(
      fc.property(fc.array(published, { maxLength: 12 }), place, place, (all, carrierId, deviceModel) => {
        const versions = versionsOf(all)
        const newest = (carrier: string | null, model: string | null) =>
          versions.findLast(one => one.carrierId === carrier && one.deviceModel === model)
        const scopes = [
          [carrierId, deviceModel],
          [null, deviceModel],
          [carrierId, null],
          [null, null],
        ] as const
        const expected = scopes
          .map(([carrier, model]) => newest(carrier, model))
          .find(one => one && one.does.en.length > 0)
        expect(adviceFor(versions, { carrierId, deviceModel })?.id).toBe(expected?.id)
        expect(adviceFor([...versions].reverse(), { carrierId, deviceModel })?.id).toBe(expected?.id)
      }),
    )
  })

  it('is one of each scope, and none of a scope that ended', () => {
    fc.assert(
      fc.property(fc.array(published, { maxLength: 12 }), all => {
        const standing = standingAdvice(versionsOf(all))
        expect(new Set(standing.map(one => `${one.carrierId} ${one.deviceModel}`)).size).toBe(standing.length)
        for (const one of standing) expect(one.does.en.length).toBeGreaterThan(0)
      }),
    )
  })
})

let world: IncidentWorld
beforeAll(async () => {
  world = await IncidentWorld.begin()
}, 60_000)
afterAll(() => world.end())

describe('publishing advice', () => {
  const publish = (incidentId: string, more: object = {}, now = at(0)) =>
    publishAdvice(
      world.manager,
      { incidentId, doNotEn: ['Do not reset'], doNotFr: ['Ne réinitialisez pas'], ...more },
      now,
    )

  it('adds a version to its scope, keeps the earlier, and notes who was shown which', async () => {
    const id = await world.open()
    expect((await publish(id)).version).toBe(1)
    const own = { carrierId: world.harbor, deviceModel: 'Sidekick' }
    const narrow = await publish(id, { ...own, doEn: ['Keep the battery in'], doFr: ['Laissez la batterie'] })
    expect(narrow.version).toBe(1)
    expect((await publish(id, { doNotEn: ['Reset nothing'] }, at(1))).version).toBe(2)
    const versions = await findAdvice(id)
    expect(versions.map(one => [one.version, one.doNots.en[0]])).toEqual([
      [1, 'Do not reset'],
      [1, 'Do not reset'],
      [2, 'Reset nothing'],
    ])
    expect(adviceFor(versions, own)?.id).toBe(narrow.id)
    expect((await publish(id, { ...own, doNotEn: [], doNotFr: [] }, at(2))).version).toBe(2)
    expect(adviceFor(await findAdvice(id), own)?.version).toBe(2)
    expect(adviceFor(await findAdvice(id), own)?.carrierId).toBeNull()

    const data = { carrierId: world.harbor, accountId: randomUUID(), email: 'x@people.example' }
    const { id: subscriberId } = await database().subscriber.create({ data })
    const subscriber = { role: 'subscriber', subscriberId, carrierId: world.harbor, provedAt: new Date() } as const
    for (const place of ['page', 'page', 'mail'] as const)
      await noteAdviceShown(subscriber, { adviceId: narrow.id, place })
    const found = (await findIncident(world.manager, id)).advice.find(one => one.id === narrow.id)
    expect([found?.shown, found?.author]).toEqual([1, 'Mina'])
  })

  it('is never edited: the database refuses', async () => {
    const { id } = await publish(await world.open())
    await expect(database().adviceVersion.update({ where: { id }, data: { doEn: ['x'] } })).rejects.toThrow()
    await expect(database().adviceVersion.delete({ where: { id } })).rejects.toThrow()
  })

  it('is one version where the button is pressed twice, and refused from an old page', async () => {
    const id = await world.open()
    const first = await publish(id, { after: 0 })
    expect(await publish(id, { after: 0 })).toEqual(first)
    expect(await refusalOf(publish(id, { after: 0, doNotEn: ['Other'] }))).toBe('advice-changed')
    expect((await publish(id, { after: 1, doNotEn: ['Other'] })).version).toBe(2)
  })

  it('of the same people at the same moment makes versions that follow each other', async () => {
    const id = await world.open()
    const answers = await Promise.all(['a', 'b', 'c', 'd'].map(word => refusalOf(publish(id, { doNotEn: [word] }))))
    for (const one of answers) expect(['no refusal', 'doEn advice-changed']).toContain(one)
    const versions = (await findAdvice(id)).map(one => one.version).sort()
    expect(versions).toEqual(versions.map((_, n) => n + 1))
    expect(versions).toHaveLength(answers.filter(one => one === 'no refusal').length)
  })

  it.each([
    ['doFr advice-languages-differ', { doEn: ['a'], doFr: [] }],
    ['doNotFr advice-languages-differ', { doNotEn: ['a', 'b'] }],
    ['doNotEn.0 advice-line-empty', { doNotEn: [' '] }],
    ['doNotEn.0 advice-line-too-long', { doNotEn: ['x'.repeat(301)] }],
    ['doNotEn.0 advice-line-too-long', { doNotEn: ['a\nb'] }],
    ['doNotEn advice-too-many', { doNotEn: Array(13).fill('a'), doNotFr: Array(13).fill('b') }],
    ['carrierId carrier-unknown', { carrierId: randomUUID() }],
    ['deviceModel model-too-long', { deviceModel: 'x'.repeat(101) }],
  ])('%s', async (refusal, more) => {
    const id = await world.open()
    expect(await refusalOf(publish(id, more))).toBe(refusal)
    expect(await findAdvice(id)).toEqual([])
    expect(await refusalOf(publish(randomUUID()))).toBe('not-found')
  })
})
