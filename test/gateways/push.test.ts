import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PushMessage, PushNotSent } from '@/domain/notification/push-gateway'
import { generateVapidKeys, webPush } from '@/gateways/push'
import { type PushService, startPushService } from '@/test/support/push-service'

const keys = generateVapidKeys()
const ends: (() => Promise<unknown>)[] = []
let service: PushService
beforeEach(async () => {
  service = await startPushService()
  ends.push(() => service.stop())
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

const gateway = (change = {}) => {
  const settings = { ...keys, subject: 'mailto:operator@homeward.example', allowedHosts: ['127.0.0.1'], ...change }
  const push = webPush(settings)
  ends.push(() => push.close())
  return push
}
const browser = (key = keys.publicKey) => {
  const { to, received } = service.subscribe(key)
  const message: PushMessage = { to, payload: '{"title":"Vos contacts sont là"}', ttl: 3600, topic: 'incident-1' }
  return { message, received }
}
const failure = async (sending: Promise<unknown>): Promise<PushNotSent> => {
  const error = await sending.then(
    () => null,
    error => error,
  )
  expect(error).toBeInstanceOf(PushNotSent)
  expect((error as Error).message).not.toMatch(/127\.0|\/push\/|contacts/)
  return error as PushNotSent
}

describe('push messages', () => {
  it('arrive, and only the browser they are for can read them', async () => {
    const push = gateway()
    const { message, received } = browser()
    const other = browser()
    await push.send(message)
    await push.send({ ...message, payload: 'x'.repeat(3000), ttl: 0 })
    expect(service.refusals).toEqual([])
    expect(received).toEqual([
      { payload: message.payload, ttl: '3600', topic: 'incident-1', urgency: 'normal' },
      { payload: 'x'.repeat(3000), ttl: '0', topic: 'incident-1', urgency: 'normal' },
    ])
    const mixed = { ...message.to, keys: other.message.to.keys }
    await failure(push.send({ ...message, to: mixed }))
    expect(received).toHaveLength(2)
  })

  it('name the key that browsers subscribe with', async () => {
    expect(gateway().publicKey).toBe(keys.publicKey)
    const { message, received } = browser(generateVapidKeys().publicKey)
    expect((await failure(gateway().send(message))).permanent).toBe(false)
    expect(service.refusals).toEqual(['another key than the browser subscribed with'])
    expect(received).toEqual([])
  })

  it('are for one service, though the same token serves many of its browsers', async () => {
    const second = await startPushService()
    ends.push(() => second.stop())
    const push = gateway()
    for (const from of [service, second, service]) {
      const { to, received } = from.subscribe(keys.publicKey)
      await push.send({ to, payload: '{}', ttl: 1, topic: 'a' })
      expect(received).toHaveLength(1)
    }
  })

  it.each([
    [404, true],
    [410, true],
    [413, false],
    [400, false],
    [403, false],
    [500, false],
    [307, false],
  ])('answered with %i: for good is %s', async (status, permanent) => {
    const { message } = browser()
    service.answerWith({ status, headers: { 'retry-after': '60', location: message.to.endpoint } })
    expect(await failure(gateway().send(message))).toMatchObject({ permanent, retryAt: null })
  })

  it.each([429, 503])('wait as long as the service asks with %i', async status => {
    const { message } = browser()
    service.answerWith({ status, headers: { 'retry-after': '120' } })
    const { permanent, retryAt } = await failure(gateway().send(message))
    expect(permanent).toBe(false)
    expect((retryAt!.getTime() - Date.now()) / 1000).toBeGreaterThan(90)
  })

  it('to a subscription that is gone are refused for good', async () => {
    const { message } = browser()
    const to = { ...message.to, endpoint: `${service.origin}/push/gone` }
    expect((await failure(gateway().send({ ...message, to }))).permanent).toBe(true)
  })

  it('do not wait for ever', async () => {
    const { message } = browser()
    service.answerWith('never')
    const push = gateway({ timeoutMs: 200 })
    expect((await failure(push.send(message))).permanent).toBe(false)
    await service.stop()
    expect((await failure(push.send(message))).permanent).toBe(false)
  })

  it('go to no private address', async () => {
    const { message, received } = browser()
    const { port } = new URL(service.origin)
    const at = (origin: string) => ({ ...message, to: { ...message.to, endpoint: `${origin}/push/x` } })
    const push = gateway({ allowedHosts: [] })
    for (const host of ['127.0.0.1', '[::ffff:127.0.0.1]', '0x7f.1', '2130706433', 'localhost', '169.254.169.254'])
      expect((await failure(push.send(at(`https://${host}:${port}`)))).permanent).toBe(true)
    expect((await failure(push.send(message))).permanent).toBe(true)
    expect(received).toEqual([])
  })

  it.each(['http://push.example/x', 'https://me:secret@push.example/', 'nonsense', ''])(
    'go to no address like %j',
    async endpoint => {
      const { message } = browser()
      const to = { ...message.to, endpoint }
      expect((await failure(gateway().send({ ...message, to }))).permanent).toBe(true)
    },
  )

  it.each([{ p256dh: 'AAAA' }, { auth: 'AAAA' }, { p256dh: Buffer.alloc(65, 4).toString('base64url') }])(
    'for keys that are none are refused for good: %j',
    async change => {
      const { message } = browser()
      const to = { ...message.to, keys: { ...message.to.keys, ...change } }
      expect((await failure(gateway().send({ ...message, to }))).permanent).toBe(true)
    },
  )

  it.each([
    { payload: '' },
    { payload: 'é'.repeat(1501) },
    { ttl: -1 },
    { ttl: 1.5 },
    { ttl: 2_419_201 },
    { topic: '' },
    { topic: 'two words' },
    { topic: 'x'.repeat(33) },
  ])('like %j are a mistake of ours', async change => {
    const { message, received } = browser()
    await expect(gateway().send({ ...message, ...change })).rejects.toThrow(RangeError)
    expect(received).toEqual([])
  })

  it.each([{ publicKey: 'AAAA' }, { privateKey: 'AAAA' }, { subject: 'operator' }])(
    'need keys and somebody to write to: %j',
    change => {
      expect(() => gateway(change)).toThrow()
    },
  )
})
