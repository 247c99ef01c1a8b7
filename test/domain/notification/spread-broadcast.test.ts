import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { publishAdvice } from '@/domain/incident/publish-advice'
import { keyBytes, recipientKey } from '@/domain/notification/recipient-key'
import { database } from '@/gateways/database'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'

let world: BroadcastWorld
beforeAll(async () => {
  world = await BroadcastWorld.begin()
})
afterAll(() => world.end())
afterEach(async () => {
  await database().delivery.deleteMany()
  await database().suppression.deleteMany()
  await database().subscription.deleteMany()
  await database().subscriber.deleteMany()
})

const rowsOf = (broadcastId: string) => database().delivery.findMany({ where: { broadcastId }, orderBy: { id: 'asc' } })

describe('who is told', () => {
  it('is everybody of the incident’s carriers, and of the public who asked for it', async () => {
    await world.subscriber('ann@people.example')
    await world.subscriber('bob@people.example', { carrier: 'meridian' })
    await world.subscription('mail', 'press@people.example')
    await world.subscription('webhook', 'https://hooks.example/in')
    const { incidentId, broadcastId } = await world.incident(['harbor'])
    await world.subscription('mail', 'this@people.example', { topics: [{ kind: 'incident', targetId: incidentId }] })
    const harbor = [{ kind: 'carrier', targetId: world.carriers.harbor! }]
    await world.subscription('push', JSON.stringify({ endpoint: 'https://push.example/1', keys: {} }), {
      topics: harbor,
    })
    const meridian = [{ kind: 'carrier', targetId: world.carriers.meridian! }]
    await world.subscription('mail', 'other@people.example', { topics: meridian })
    await world.subscription('mail', 'unproved@people.example', { status: 'unconfirmed' as never })
    expect(await world.spread(broadcastId, 1)).toBe('done')
    const rows = await rowsOf(broadcastId)
    expect(rows.map(({ channel, status }) => `${channel} ${status}`).sort()).toEqual([
      'mail pending',
      'mail pending',
      'mail pending',
      'push pending',
      'webhook pending',
    ])
    expect(rows.filter(row => row.subscriberId !== null).map(row => row.carrierId)).toEqual([world.carriers.harbor])
    const broadcast = await database().broadcast.findUniqueOrThrow({ where: { id: broadcastId } })
    expect(broadcast.status).toBe('sending')
    expect(await database().task.count({ where: { job: 'send-broadcast', onceKey: `send:${broadcastId}` } })).toBe(1)
    expect(await world.spread(broadcastId)).toBe('done')
    expect(await rowsOf(broadcastId)).toHaveLength(5)
  })

  it('is told by several workers where they are more than a page', async () => {
    const helping = (broadcastId: string) =>
      database().task.count({ where: { job: 'help-broadcast', onceKey: { startsWith: `help:${broadcastId}:` } } })
    for (const name of ['ann', 'bob', 'eve']) await world.subscriber(`${name}@people.example`)
    const few = await world.incident(['harbor'])
    await world.spread(few.broadcastId)
    const many = await world.incident(['harbor'])
    await world.spread(many.broadcastId, 2)
    expect([await helping(few.broadcastId), await helping(many.broadcastId)]).toEqual([0, 3])
  })

  it('hears it once, whatever lists they are on and however they write themselves', async () => {
    await world.subscriber('Ann@People.example', { name: 'Ann' })
    await world.subscriber('ann@people.example', { carrier: 'meridian' })
    await world.subscription('mail', ' ANN@people.example'.trim())
    for (const size of [1, 2_000]) {
      const { broadcastId } = await world.incident(['harbor', 'meridian'])
      await world.spread(broadcastId, size)
      expect(await rowsOf(broadcastId)).toHaveLength(1)
    }
  })

  it('goes on behind the last page when the one before was cut off', async () => {
    for (let n = 0; n < 5; n++) await world.subscriber(`p${n}@people.example`)
    const { broadcastId } = await world.incident(['harbor'])
    const control = new AbortController()
    const cut = { ...world.outside, signal: control.signal }
    world.outside = { ...world.outside }
    const { spreadBroadcast } = await import('@/domain/notification/spread-broadcast')
    control.abort()
    expect(await spreadBroadcast(cut, broadcastId, 2)).toBe('again')
    await Promise.all([world.spread(broadcastId, 2), world.spread(broadcastId, 2)])
    const rows = await rowsOf(broadcastId)
    expect(new Set(rows.map(row => row.subscriberId)).size).toBe(5)
    expect(rows).toHaveLength(5)
  })

  it('is not who said no to that carrier, whom a row says so of; what they asked for themselves reaches them', async () => {
    await world.subscriber('no@people.example')
    await world.subscriber('both@people.example')
    await world.subscriber('other@people.example')
    await world.subscription('mail', 'both@people.example')
    const suppress = (address: string, carrierId: string | null, reason: string) =>
      database().suppression.create({
        data: {
          channel: 'mail',
          addressKey: keyBytes(recipientKey(world.secrets, 'mail', address)),
          carrierId,
          reason,
        },
      })
    await suppress('no@people.example', null, 'bounced')
    await suppress('both@people.example', world.carriers.harbor!, 'unsubscribed')
    await suppress('other@people.example', world.carriers.meridian!, 'unsubscribed')
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId, 1)
    const rows = await rowsOf(broadcastId)
    expect(rows.map(({ status, reason }) => `${status} ${reason}`).sort()).toEqual([
      'pending null',
      'pending null',
      'suppressed bounced',
    ])
    expect(rows.filter(row => row.subscriptionId !== null && row.subscriberId === null)).toHaveLength(1)
  })

  it('carries the advice that holds for them', async () => {
    const plain = await world.subscriber('plain@people.example')
    const slide = await world.subscriber('slide@people.example')
    await database().subscriber.update({ where: { id: slide }, data: { deviceModel: 'Slide' } })
    const { incidentId } = await world.incident(['harbor'], false)
    const advise = (text: string, deviceModel: string | null) =>
      publishAdvice(system('test'), {
        incidentId,
        carrierId: null,
        deviceModel,
        doEn: [text],
        doFr: [text],
        doNotEn: [],
        doNotFr: [],
      })
    await advise('Wait.', null)
    await advise('Slide it shut.', 'Slide')
    const update = await database().incidentUpdate.findFirstOrThrow({ where: { incidentId } })
    const broadcast = await database().broadcast.create({
      data: { kind: 'update', incidentId, updateId: update.id, contentDigest: Buffer.alloc(32) },
    })
    await world.spread(broadcast.id)
    const versions = await database().adviceVersion.findMany({ where: { incidentId } })
    const byText = new Map(versions.map(one => [one.doEn[0], one.id]))
    const rows = await rowsOf(broadcast.id)
    expect(rows.find(row => row.subscriberId === plain)?.adviceId).toBe(byText.get('Wait.'))
    expect(rows.find(row => row.subscriberId === slide)?.adviceId).toBe(byText.get('Slide it shut.'))
  })
})
