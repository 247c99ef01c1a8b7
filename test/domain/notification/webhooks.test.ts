import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { addBroadcast } from '@/domain/notification/add-broadcast'
import { askSubscription } from '@/domain/notification/ask-subscription'
import { listWebhooks } from '@/domain/notification/list-webhooks'
import { replayOwnWebhook, resumeOwnWebhook } from '@/domain/notification/manage-own-webhook'
import { disableWebhook, replayWebhook, resumeWebhook } from '@/domain/notification/manage-webhook'
import { readPreferences } from '@/domain/notification/read-preferences'
import { recipientToken } from '@/domain/notification/recipient-token'
import { verifyWebhook } from '@/domain/notification/verify-webhook'
import { transaction } from '@/domain/transaction'
import { database } from '@/gateways/database'
import { standardWebhook } from '@/gateways/webhook'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'

interface Received {
  id: string
  body: { type: string; data: Record<string, unknown> }
  /** By the secret that was shown. */
  signed: boolean
}

const admin = system('test')
let world: BroadcastWorld
let server: Server
let url = ''
let secret: string | null = null
const received: Received[] = []
/** What the endpoint answers. */
let answer: (received: Received) => { status: number; body?: string } = () => ({ status: 200 })

async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  const one = { id: String(request.headers['webhook-id']), body: JSON.parse(text), signed: isSigned(text, request) }
  received.push(one)
  const { status, body = '' } = answer(one)
  response.writeHead(status).end(body)
}

function isSigned(text: string, { headers }: IncomingMessage): boolean {
  try {
    return secret !== null && new Webhook(secret).verify(text, headers as Record<string, string>) !== null
  } catch {
    return false
  }
}

beforeAll(async () => {
  world = await BroadcastWorld.begin()
  server = createServer((request, response) => void take(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  url = `http://127.0.0.1:${port}/in`
  world.outside = { ...world.outside, webhooks: standardWebhook({ allowedHosts: [`127.0.0.1:${port}`] }) }
})
afterAll(async () => {
  await world.outside.webhooks.close()
  server.close()
  await world.end()
})
afterEach(async () => {
  received.length = 0
  answer = () => ({ status: 200 })
  await database().delivery.deleteMany()
  await database().subscription.deleteMany()
  await database().providerPace.deleteMany()
})

const only = () => database().subscription.findFirstOrThrow()
const echo = ({ body }: Received) => ({ status: 200, body: JSON.stringify({ challenge: body.data.challenge }) })

async function verified(): Promise<string> {
  const asked = await askSubscription(world.outside, { channel: 'webhook', address: url })
  secret = asked.secret
  answer = echo
  const { id } = await only()
  expect(await verifyWebhook(world.outside, id, new Date())).toBeNull()
  received.length = 0
  return id
}

describe('an endpoint', () => {
  it('is asked by a signed event whether it wants ours, and is in use once it gives the challenge back', async () => {
    const asked = await askSubscription(world.outside, { channel: 'webhook', address: url })
    secret = asked.secret
    const { id } = await only()
    const now = new Date()
    const odd = [
      () => ({ status: 500 }),
      () => ({ status: 200 }),
      () => ({ status: 200, body: '{"challenge":"other"}' }),
    ]
    let before = 0
    for (const one of odd) {
      answer = one
      const again = await verifyWebhook(world.outside, id, now)
      expect(again!.getTime() - now.getTime()).toBeGreaterThan(before)
      before = again!.getTime() - now.getTime()
      expect((await only()).status).toBe('unconfirmed')
    }
    const { broadcastId } = await world.incident([])
    await world.spread(broadcastId)
    expect(await database().delivery.count()).toBe(0)
    answer = echo
    expect(await verifyWebhook(world.outside, id, now)).toBeNull()
    expect(received.map(({ body, signed }) => [body.type, signed])).toEqual(
      Array.from({ length: 4 }, () => ['subscription.verification', true]),
    )
    expect(await only()).toMatchObject({ status: 'active', failures: 0 })
    expect(await readPreferences(world.secrets, asked.token!)).toMatchObject({ channel: 'webhook', status: 'active' })
    expect(await verifyWebhook(world.outside, id, now)).toBeNull()
    expect(received).toHaveLength(4)
  })

  it('that never answers is given up', async () => {
    await askSubscription(world.outside, { channel: 'webhook', address: url })
    answer = () => ({ status: 500 })
    const { id, confirmUntil } = await only()
    let at: Date | null = new Date()
    let times = 0
    while (at !== null && times < 50) {
      at = await verifyWebhook(world.outside, id, at)
      times += 1
    }
    expect(times).toBeLessThan(12)
    expect(received).toHaveLength(times)
    expect(await only()).toMatchObject({ status: 'ended', endReason: 'not-verified' })
    expect(confirmUntil!.getTime()).toBeGreaterThan(Date.now())
  })

  it('is sent what is said, signed', async () => {
    await verified()
    const { incidentId, broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    expect(await world.send(broadcastId)).toBeNull()
    expect(received).toMatchObject([{ signed: true, body: { type: 'incident.updated', data: { id: incidentId } } }])
    expect(await world.statuses(broadcastId)).toEqual({ delivered: 1 })
  })

  it('is switched off after failing twenty times in a row over an hour, by itself, and switched on by hand', async () => {
    const id = await verified()
    answer = () => ({ status: 503 })
    await database().subscription.update({ where: { id }, data: { failures: 18, failingSince: new Date() } })
    const fail = async () => {
      const { broadcastId } = await world.incident(['harbor'])
      await world.spread(broadcastId)
      await world.send(broadcastId)
    }
    await fail()
    await fail()
    expect(await only()).toMatchObject({ status: 'active', failures: 20 })
    await database().subscription.update({ where: { id }, data: { failingSince: new Date(Date.now() - 3_600_000) } })
    await fail()
    expect(await only()).toMatchObject({ status: 'disabled', failures: 21, endReason: 'failing' })
    expect(
      await database().event.count({ where: { kind: 'subscription.disabled', subject: `subscription:${id}` } }),
    ).toBe(1)
    const asked = received.length
    await fail()
    expect(received).toHaveLength(asked)
    expect(await listWebhooks(admin, world.secrets)).toMatchObject([{ id, status: 'disabled', failures: 21 }])
    await expect(replayWebhook(admin, { subscriptionId: id, since: new Date() })).rejects.toMatchObject({
      code: 'webhook-off',
    })
    for (let press = 0; press < 2; press++) await resumeWebhook(admin, { subscriptionId: id })
    expect(await only()).toMatchObject({ status: 'active', failures: 0, failingSince: null })
    expect(await database().event.count({ where: { kind: 'subscription.resumed' } })).toBe(1)
    await disableWebhook(admin, { subscriptionId: id })
    expect((await only()).status).toBe('disabled')
  })

  it('counts its failures in a row: one that it takes clears them', async () => {
    const id = await verified()
    await database().subscription.update({ where: { id }, data: { failures: 19, failingSince: new Date(0) } })
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    await world.send(broadcastId)
    expect(await only()).toMatchObject({ failures: 0, failingSince: null, status: 'active' })
  })

  it('that says it is gone is sent nothing more', async () => {
    await verified()
    answer = () => ({ status: 410 })
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    expect(await world.send(broadcastId)).toBeNull()
    expect(await world.statuses(broadcastId)).toEqual({ failed: 1 })
    expect(await only()).toMatchObject({ status: 'ended', endReason: 'gone' })
  })

  it('is sent again what it missed, under the same ids, and nothing older', async () => {
    const id = await verified()
    const told: string[] = []
    for (let n = 0; n < 3; n++) {
      const { broadcastId } = await world.incident(['harbor'])
      await world.spread(broadcastId)
      await world.send(broadcastId)
      told.push(broadcastId)
    }
    const old = new Date(Date.now() - 10 * 24 * 3_600_000)
    await database().delivery.updateMany({ where: { broadcastId: told[0]! }, data: { createdAt: old } })
    const ids = received.map(one => one.id)
    const since = new Date(Date.now() - 24 * 3_600_000)
    await expect(replayWebhook(admin, { subscriptionId: id, since: new Date(0) })).rejects.toMatchObject({
      code: 'since-wrong',
    })
    expect(await replayWebhook(admin, { subscriptionId: id, since })).toEqual({ count: 2 })
    expect(
      await database().task.count({ where: { onceKey: { in: told.map(one => `send:${one}`) }, status: 'waiting' } }),
    ).toBe(3)
    for (const broadcastId of told) await world.send(broadcastId)
    expect(received.map(one => one.id)).toEqual([...ids, ...ids.slice(1)])
  })

  it('that is switched off has kept for it what it missed, and its owner switches it on and asks for that', async () => {
    const id = await verified()
    const token = recipientToken(world.secrets, { kind: 'subscription', id })
    const off = { status: 'disabled', endReason: 'failing', failures: 20, failingSince: new Date() } as const
    await database().subscription.update({ where: { id }, data: off })
    expect(await readPreferences(world.secrets, token)).toMatchObject({
      status: 'disabled',
      webhook: { failures: 20, failingSince: off.failingSince, byHand: false },
    })
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    await world.send(broadcastId)
    expect(received).toEqual([])
    expect(await database().delivery.findFirst({ where: { broadcastId } })).toMatchObject({
      status: 'suppressed',
      reason: 'disabled',
    })
    const since = new Date(Date.now() - 3_600_000)
    await expect(replayOwnWebhook(world.secrets, token, { since })).rejects.toMatchObject({ code: 'webhook-off' })
    for (let press = 0; press < 2; press++) await resumeOwnWebhook(world.secrets, token)
    expect(await only()).toMatchObject({ status: 'active', failures: 0, failingSince: null })
    expect(await replayOwnWebhook(world.secrets, token, { since })).toEqual({ count: 1 })
    await world.send(broadcastId)
    expect(received).toMatchObject([{ signed: true, body: { type: 'incident.updated' } }])
    await expect(replayOwnWebhook(world.secrets, token, { since: 'soon' })).rejects.toMatchObject({ field: 'since' })
    const other = recipientToken(world.secrets, {
      kind: 'subscription',
      id: await world.subscription('mail', 'a@b.example'),
    })
    for (const wrong of [other, 'forged']) {
      await expect(resumeOwnWebhook(world.secrets, wrong)).rejects.toMatchObject({ kind: 'not-found' })
      await expect(replayOwnWebhook(world.secrets, wrong, { since })).rejects.toMatchObject({ kind: 'not-found' })
    }
  })

  it('that an administrator switched off comes back neither by its owner nor by being added again', async () => {
    const id = await verified()
    const token = recipientToken(world.secrets, { kind: 'subscription', id })
    await disableWebhook(admin, { subscriptionId: id })
    await expect(resumeOwnWebhook(world.secrets, token)).rejects.toMatchObject({ code: 'webhook-barred' })
    const again = await askSubscription(world.outside, { channel: 'webhook', address: url })
    expect(again.secret).not.toBe(secret)
    expect(again.token).not.toBe(token)
    await verifyWebhook(world.outside, id, new Date())
    expect(await only()).toMatchObject({ status: 'disabled', endReason: 'by-hand' })
    expect(received).toEqual([])
    expect(await readPreferences(world.secrets, token)).toMatchObject({ webhook: { byHand: true } })
  })

  it('is not sent again what does not hold any more', async () => {
    const id = await verified()
    const carrierId = world.carriers.harbor!
    const texts = {
      titleEn: 'Contacts',
      titleFr: 'Contacts',
      bodyEn: 'Back.',
      bodyFr: 'Revenus.',
      smsEn: '',
      smsFr: '',
    }
    const { id: noticeId } = await database().notice.create({
      data: {
        ...{ ...texts, carrierId, audience: { everyone: true }, channels: ['mail'], publishedAt: new Date() },
        ...{ status: 'published', createdBy: randomUUID(), editedBy: randomUUID() },
      },
    })
    await transaction('every-carrier', tx => addBroadcast(tx, { kind: 'notice', noticeId, carrierId }))
    const { id: broadcastId } = await database().broadcast.findFirstOrThrow({ where: { noticeId } })
    await world.spread(broadcastId)
    await world.send(broadcastId)
    expect(received).toHaveLength(1)
    await database().notice.update({ where: { id: noticeId }, data: { status: 'withdrawn', endedAt: new Date() } })
    const since = new Date(Date.now() - 3_600_000)
    expect(await replayWebhook(admin, { subscriptionId: id, since })).toEqual({ count: 0 })
    const after = await database().broadcast.findUniqueOrThrow({ where: { id: broadcastId } })
    expect(after.status).toBe('done')
  })
})
