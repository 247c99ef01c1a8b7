import { afterAll, beforeAll, expect, it } from 'vitest'
import { queueAges } from '@/app/_shell/readiness'
import { GET } from '@/app/healthz/route'
import { queueAge } from '@/domain/notification/queue-age'
import { database } from '@/gateways/database'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'

let world: BroadcastWorld
beforeAll(async () => {
  world = await BroadcastWorld.begin()
})
afterAll(() => world.end())

it('says how long the oldest waits that is due, and nothing of what is not', async () => {
  await database().task.deleteMany()
  expect(await queueAge()).toEqual({ deliveries: 0, tasks: 0 })
  await world.subscriber('ann@people.example')
  const { broadcastId } = await world.incident(['harbor'])
  await world.spread(broadcastId)
  const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
  await database().delivery.updateMany({ data: { notBefore: ago(-600) } })
  await database().task.updateMany({ data: { runAt: ago(-600) } })
  expect(await queueAge()).toEqual({ deliveries: 0, tasks: 0 })
  await database().delivery.updateMany({ data: { notBefore: ago(90) } })
  await database().task.updateMany({ data: { runAt: ago(200) } })
  const { deliveries, tasks } = (await queueAges())!
  expect(deliveries).toBeGreaterThanOrEqual(90)
  expect(deliveries).toBeLessThan(200)
  expect(tasks).toBeGreaterThanOrEqual(200)
  const health = (await (await GET()).json()) as { status: string; queueAgeSeconds: { deliveries: number } }
  expect(health.status).toBe('ok')
  expect(health.queueAgeSeconds.deliveries).toBeGreaterThanOrEqual(90)
  await database().broadcast.update({ where: { id: broadcastId }, data: { status: 'stopped' } })
  expect((await queueAge()).deliveries).toBe(0)
})
