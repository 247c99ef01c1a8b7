import { afterAll, beforeAll, expect, it } from 'vitest'
import { queueAges } from '@/app/_shell/readiness'
import { GET } from '@/app/healthz/route'
import { system } from '@/domain/actor'
import { retryFailed } from '@/domain/notice/retry-failed'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { queueAge } from '@/domain/notification/queue-age'
import { database } from '@/gateways/database'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'

let world: BroadcastWorld
beforeAll(async () => {
  world = await BroadcastWorld.begin()
})
afterAll(() => world.end())

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000)
const health = async () => (await (await GET()).json()) as { status: string; queueAgeSeconds: { deliveries: number } }

it('says how long the oldest waits that is due, and nothing of what is not', async () => {
  await database().task.deleteMany()
  expect(await queueAge()).toEqual({ deliveries: 0, tasks: 0 })
  await world.subscriber('ann@people.example')
  const { broadcastId } = await world.incident(['harbor'])
  await world.spread(broadcastId)
  await database().task.updateMany({ data: { runAt: ago(-600) } })
  // Written a moment ago, however long that moment was.
  const [young, { createdAt }] = [await queueAge(), await database().delivery.findFirstOrThrow()]
  expect(young.tasks).toBe(0)
  expect(young.deliveries).toBeLessThanOrEqual((Date.now() - createdAt.getTime()) / 1000 + 1)
  await database().delivery.updateMany({ data: { createdAt: ago(90) } })
  await database().task.updateMany({ data: { runAt: ago(200) } })
  const { deliveries, tasks } = (await queueAges())!
  expect(deliveries).toBeGreaterThanOrEqual(90)
  expect(deliveries).toBeLessThan(200)
  expect(tasks).toBeGreaterThanOrEqual(200)
  expect((await health()).status).toBe('ok')
  expect((await health()).queueAgeSeconds.deliveries).toBeGreaterThanOrEqual(90)
  await database().broadcast.update({ where: { id: broadcastId }, data: { status: 'stopped' } })
  expect((await queueAge()).deliveries).toBe(0)
})

it('grows while a provider takes nothing, however often it is tried, and says so', async () => {
  await database().task.deleteMany()
  await database().subscriber.deleteMany()
  await world.subscriber('ann@people.example')
  const { broadcastId } = await world.incident(['harbor'])
  await world.spread(broadcastId)
  const refused = { ...world.outside.mail, send: () => Promise.reject(new MailNotSent(false, 'it is down')) }
  await world.send(broadcastId, { mail: refused })
  await database().task.deleteMany()
  const [row] = await database().delivery.findMany({ where: { broadcastId } })
  expect(row).toMatchObject({ status: 'pending', attempts: 1 })
  expect(row!.notBefore.getTime()).toBeGreaterThan(Date.now())
  await database().delivery.updateMany({ where: { broadcastId }, data: { createdAt: ago(1_000) } })
  expect((await queueAge()).deliveries).toBeGreaterThanOrEqual(1_000)
  expect((await health()).status).toBe('behind')
  await database().delivery.updateMany({ where: { broadcastId }, data: { status: 'sending', claimedAt: new Date() } })
  expect((await queueAge()).deliveries).toBeGreaterThanOrEqual(1_000)
})

it('is not one mailbox’s that is put off while the others’ mail is taken, nor from before it was sent for again', async () => {
  await database().delivery.deleteMany()
  await database().subscriber.deleteMany()
  await database().task.deleteMany()
  await world.subscriber('ann@people.example')
  await world.subscriber('bob@people.example')
  const { broadcastId } = await world.incident(['harbor'])
  await world.spread(broadcastId)
  await database().task.deleteMany()
  const [first, second] = await database().delivery.findMany({ where: { broadcastId } })
  await database().delivery.updateMany({ data: { createdAt: ago(5_000) } })
  await database().delivery.update({ where: { id: first!.id }, data: { status: 'sent', attempts: 1 } })
  await database().delivery.update({ where: { id: second!.id }, data: { notBefore: ago(-600), attempts: 1 } })
  expect((await queueAge()).deliveries).toBe(0)
  await database().delivery.update({ where: { id: second!.id }, data: { status: 'failed', reason: 'not-taken' } })
  await retryFailed(system('test'), { broadcastId })
  expect((await queueAge()).deliveries).toBeLessThan(60)
})
