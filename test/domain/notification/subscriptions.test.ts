import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '@/domain/errors'
import { type AskOutside, askSubscription } from '@/domain/notification/ask-subscription'
import { changeSubscription } from '@/domain/notification/change-subscription'
import { confirmByCode, confirmSubscription } from '@/domain/notification/confirm-subscription'
import { endSubscription, startAnnouncements } from '@/domain/notification/end-subscription'
import { readPreferences } from '@/domain/notification/read-preferences'
import { keyBytes, recipientKey } from '@/domain/notification/recipient-key'
import { recipientToken } from '@/domain/notification/recipient-token'
import { WebhookNotSent } from '@/domain/notification/webhook-gateway'
import { database } from '@/gateways/database'
import { standardWebhook } from '@/gateways/webhook'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'
import type { Services } from '@/workers/handler'
import { handle } from '@/workers/handlers/send-confirmation'

let world: BroadcastWorld
let outside: AskOutside
beforeAll(async () => {
  world = await BroadcastWorld.begin()
  outside = { secrets: world.secrets, webhooks: world.outside.webhooks }
})
afterAll(() => world.end())
afterEach(async () => {
  world.smtp.messages.length = 0
  world.sent.sms.length = 0
  await database().task.deleteMany()
  await database().subscription.deleteMany()
  await database().suppression.deleteMany()
  await database().subscriber.deleteMany()
})

const only = () => database().subscription.findFirstOrThrow({ include: { topics: true } })
/** Does what the task asks for, as a worker would. */
async function confirmationsSent(now = new Date()): Promise<void> {
  const tasks = await database().task.findMany({ where: { job: 'send-confirmation' } })
  for (const { payload } of tasks)
    await handle(
      payload as { subscriptionId: string },
      { ...world.outside, timeZone: 'UTC', now: () => now } as unknown as Services,
    )
  await database().task.deleteMany()
}
const suppressed = (address: string, reason: string) =>
  database().suppression.create({
    data: { channel: 'mail', addressKey: keyBytes(recipientKey(world.secrets, 'mail', address)), reason },
  })
const lastMail = () => world.smtp.messages.at(-1)!.mail.text ?? ''
const linkIn = (text: string) => /confirm\?token=(\S+)/.exec(text)?.[1] ?? ''
const hence = (minutes: number) => new Date(Date.now() + minutes * 60_000)

describe('by mail', () => {
  it('nobody is told before whoever reads there has said yes', async () => {
    await askSubscription(outside, { channel: 'mail', address: ' Ann@People.example ', language: 'fr' })
    expect((await only()).status).toBe('unconfirmed')
    await confirmationsSent()
    expect(world.smtp.messages[0]?.to).toEqual(['Ann@people.example'])
    expect(lastMail()).toContain('https://portal.example/fr/subscribe/confirm?token=')
    const token = await confirmSubscription(world.secrets, linkIn(lastMail()))
    expect(await readPreferences(world.secrets, token)).toEqual({
      kind: 'subscription',
      channel: 'mail',
      address: 'A…@people.example',
      status: 'active',
      language: 'fr',
      everything: true,
      topics: [],
      webhook: null,
    })
    expect(await confirmSubscription(world.secrets, linkIn(lastMail()))).toBe(token)
    const kinds = await database().event.findMany({ where: { subject: `subscription:${(await only()).id}` } })
    expect(kinds.map(({ kind }) => kind)).toEqual(['subscription.asked', 'subscription.confirmed'])
    expect(JSON.stringify(kinds, (_, value) => (typeof value === 'bigint' ? '' : value))).not.toContain(
      'people.example',
    )
  })

  it('asking twice changes nothing that anybody could see, and the first link stays good', async () => {
    const first = await askSubscription(outside, { channel: 'mail', address: 'ann@people.example' })
    await confirmationsSent()
    const link = linkIn(lastMail())
    expect(await askSubscription(outside, { channel: 'mail', address: 'ann@people.example' })).toEqual(first)
    await confirmationsSent()
    expect(linkIn(lastMail())).toBe(link)
    await confirmSubscription(world.secrets, link)
    const wish = { everything: false, topics: [`carrier:${world.carriers.harbor}`], language: 'fr' as const }
    expect(await askSubscription(outside, { channel: 'mail', address: 'ANN@people.example', ...wish })).toEqual(first)
    expect(await only()).toMatchObject({ status: 'active', everything: true, language: 'en' })
    await confirmationsSent()
    expect(lastMail()).toContain('It is on the list already')
    expect(lastMail()).toContain('/en/subscribe/preferences?token=s')
    expect(await database().subscription.count()).toBe(1)
  })

  it('a link that is too old, used up by an end, or made up confirms nothing', async () => {
    await askSubscription(outside, { channel: 'mail', address: 'ann@people.example' })
    await confirmationsSent()
    const link = linkIn(lastMail())
    const { id } = await only()
    for (const wrong of ['', 'x', `${id}-${'0'.repeat(32)}`, link.replace(/.$/, one => (one === '0' ? '1' : '0'))])
      await expect(confirmSubscription(world.secrets, wrong)).rejects.toMatchObject({ code: 'link-used' })
    await expect(confirmSubscription(world.secrets, link, hence(48 * 60 + 1))).rejects.toMatchObject({
      code: 'link-used',
    })
    await endSubscription(world.secrets, recipientToken(world.secrets, { kind: 'subscription', id }))
    await expect(confirmSubscription(world.secrets, link)).rejects.toMatchObject({ code: 'link-used' })
    expect((await only()).status).toBe('ended')
  })

  it('asked for many times at once, it is one subscription, one link, and nobody’s fault', async () => {
    const ask = () => askSubscription(outside, { channel: 'mail', address: 'ann@people.example' })
    const ends = await Promise.allSettled(Array.from({ length: 6 }, ask))
    expect(ends.filter(({ status }) => status === 'rejected')).toEqual([])
    expect(await database().subscription.count()).toBe(1)
    await confirmationsSent()
    const link = linkIn(lastMail())
    const tokens = await Promise.all(Array.from({ length: 4 }, () => confirmSubscription(world.secrets, link)))
    expect(new Set(tokens).size).toBe(1)
    const { id } = await only()
    const subject = `subscription:${id}`
    expect(await database().event.count({ where: { subject, kind: 'subscription.confirmed' } })).toBe(1)
    await Promise.all(Array.from({ length: 4 }, () => endSubscription(world.secrets, tokens[0]!)))
    expect(await database().event.count({ where: { subject, kind: 'subscription.ended' } })).toBe(1)
  })

  it('confirmed while somebody asks for it again, it stays confirmed', async () => {
    const ask = () => askSubscription(outside, { channel: 'mail', address: 'ann@people.example' })
    await ask()
    await confirmationsSent()
    const link = linkIn(lastMail())
    await database()
      .$transaction(async tx => {
        const { id } = await only()
        await tx.$queryRaw`SELECT 1 FROM subscriptions WHERE id = ${id}::uuid FOR UPDATE`
        const asking = ask()
        // It has read what it read by now, and waits for this row.
        await new Promise(resolve => setTimeout(resolve, 300))
        await tx.subscription.update({ where: { id }, data: { status: 'active', confirmedAt: new Date() } })
        return { asking }
      })
      .then(({ asking }) => asking)
    expect((await only()).status).toBe('active')
    expect(await confirmSubscription(world.secrets, link)).toMatch(/^s/)
  })

  it('a link that was used opens nothing once it is too old', async () => {
    await askSubscription(outside, { channel: 'mail', address: 'ann@people.example' })
    await confirmationsSent()
    const link = linkIn(lastMail())
    const first = await confirmSubscription(world.secrets, link)
    expect(await confirmSubscription(world.secrets, link, hence(60))).toBe(first)
    await expect(confirmSubscription(world.secrets, link, hence(60 * 49))).rejects.toMatchObject({ code: 'link-used' })
    expect((await only()).status).toBe('active')
  })

  it('an address that asked to be left alone hears nothing because somebody types it, and one that bounced is tried', async () => {
    for (const [address, reason] of [
      ['left@people.example', 'asked'],
      ['angry@people.example', 'complaint'],
      ['gone@people.example', 'bounced'],
    ] as const) {
      await suppressed(address, reason)
      await askSubscription(outside, { channel: 'mail', address: address.toUpperCase() })
    }
    await confirmationsSent()
    expect(world.recipients()).toEqual(['GONE@people.example'])
  })

  it('confirming takes back what the address had said no to', async () => {
    const token = recipientToken(world.secrets, {
      kind: 'subscription',
      id: await world.subscription('mail', 'ann@people.example'),
    })
    await endSubscription(world.secrets, token)
    await askSubscription(outside, { channel: 'mail', address: 'ann@people.example' })
    await confirmationsSent()
    const { keyBytes, recipientKey } = await import('@/domain/notification/recipient-key')
    const addressKey = keyBytes(recipientKey(world.secrets, 'mail', 'ann@people.example'))
    const add = (reason: string, carrierId: string | null) =>
      database().suppression.create({ data: { channel: 'mail', addressKey, reason, carrierId } })
    await add('bounced', null)
    await add('unsubscribed', world.carriers.harbor!)
    await confirmSubscription(world.secrets, linkIn(lastMail()))
    const left = await database().suppression.findMany()
    expect(left.map(({ carrierId }) => carrierId)).toEqual([world.carriers.harbor])
    expect(await only()).toMatchObject({ status: 'active', endedAt: null })
  })

  it.each([
    'rubbish',
    'ann@people.example\r\nBcc: all@people.example',
    'ann@people.example, bob@people.example',
    '"Ann" <ann@people.example>',
    'ann@müller.example',
    'ann@127.0.0.1',
    `${'a'.repeat(250)}@people.example`,
    '',
  ])('refuses %j at the field', async address => {
    await expect(askSubscription(outside, { channel: 'mail', address })).rejects.toMatchObject({
      kind: 'bad-input',
      field: 'address',
      code: 'address-mail',
    })
    expect(await database().subscription.count()).toBe(0)
  })
})

describe('what is chosen', () => {
  it('is there, and is chosen by who has the link', async () => {
    const harbor = `carrier:${world.carriers.harbor}`
    const heading = { nameEn: 'Data', nameFr: 'Données', position: 0, isGroup: true }
    const { id: group } = await database().component.create({ data: heading })
    const bad = [
      // Nothing is ever told of a heading alone: who chose it would hear nothing.
      { topics: [`component:${group}`], code: 'topic-unknown' },
      { topics: [], code: 'topics-missing' },
      { topics: ['carrier:0190163d-8694-739b-aea5-966c26f8ad91'], code: 'topic-unknown' },
      { topics: [`carrier:${'-'.repeat(36)}`], code: 'topic-unknown' },
      { topics: ['planet:0190163d-8694-739b-aea5-966c26f8ad91'], code: 'topic-unknown' },
    ]
    for (const { topics, code } of bad)
      await expect(
        askSubscription(outside, { channel: 'mail', address: 'a@people.example', everything: false, topics }),
      ).rejects.toMatchObject({ kind: 'bad-input', code })
    const id = await world.subscription('mail', 'ann@people.example')
    const token = recipientToken(world.secrets, { kind: 'subscription', id })
    await changeSubscription(world.secrets, token, { language: 'fr', everything: false, topics: [harbor, harbor] })
    expect(await readPreferences(world.secrets, token)).toMatchObject({
      language: 'fr',
      everything: false,
      topics: [harbor],
    })
    await changeSubscription(world.secrets, token, { everything: true, topics: [] })
    expect((await only()).topics).toEqual([])
    await endSubscription(world.secrets, token)
    await expect(changeSubscription(world.secrets, token, {})).rejects.toMatchObject({ code: 'subscription-ended' })
  })
})

describe('by telephone', () => {
  it('a code shows whose number it is', async () => {
    await askSubscription(outside, { channel: 'sms', address: '(206) 555-0123' })
    await confirmationsSent()
    const { to, text } = world.sent.sms[0]!
    expect(to).toBe('+12065550123')
    const code = /\b(\d{6})\b/.exec(text)?.[1] ?? ''
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    await expect(confirmByCode(world.secrets, { address: to, code: wrong })).rejects.toMatchObject({
      code: 'code-wrong',
    })
    await expect(confirmByCode(world.secrets, { address: '+12065550199', code })).rejects.toMatchObject({
      code: 'code-wrong',
    })
    await expect(confirmByCode(world.secrets, { address: to, code }, hence(11))).rejects.toMatchObject({
      code: 'code-wrong',
    })
    await expect(confirmByCode(world.secrets, { address: to, code: 'abc' })).rejects.toMatchObject({
      code: 'code-missing',
    })
    const token = await confirmByCode(world.secrets, { address: to, code: `${code.slice(0, 3)} ${code.slice(3)}` })
    expect(await readPreferences(world.secrets, token)).toMatchObject({ status: 'active', address: '+12 … 23' })
  })

  it('too many wrong codes bar the right one too, and a new one does not help', async () => {
    await askSubscription(outside, { channel: 'sms', address: '+12065550123' })
    await confirmationsSent()
    const code = /\b(\d{6})\b/.exec(world.sent.sms[0]?.text ?? '')?.[1] ?? ''
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    for (let n = 0; n < 5; n++)
      await expect(confirmByCode(world.secrets, { address: '+12065550123', code: wrong })).rejects.toThrow(Refusal)
    const again = () => confirmByCode(world.secrets, { address: '+12065550123', code })
    await expect(again()).rejects.toMatchObject({ code: 'code-wrong' })
    await askSubscription(outside, { channel: 'sms', address: '+12065550123' })
    await expect(again()).rejects.toMatchObject({ code: 'code-wrong' })
    expect((await only()).status).toBe('unconfirmed')
    await askSubscription(outside, { channel: 'sms', address: '+12065550123' }, hence(61))
    expect((await only()).confirmUntil!.getTime()).toBeGreaterThan(hence(61).getTime())
  })

  it.each(['12', '+1 206', 'ask my mother', '+99912345678', '1'.repeat(50)])('refuses %j', async address => {
    await expect(askSubscription(outside, { channel: 'sms', address })).rejects.toMatchObject({ code: 'address-sms' })
  })
})

describe('in a browser', () => {
  it('an address inside a private network, or keys that are none, are refused at the field', async () => {
    const keys = { p256dh: Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)]).toString('base64url') }
    const auth = Buffer.alloc(16).toString('base64url')
    const guarded = { ...outside, webhooks: standardWebhook({ allowedHosts: [] }) }
    const ask = (endpoint: string, given: object) =>
      askSubscription(guarded, { channel: 'push', address: JSON.stringify({ endpoint, keys: given }) })
    for (const host of ['10.0.0.1', '127.0.0.1', '[::ffff:7f00:1]', '169.254.169.254', '2130706433', '0x7f.1'])
      await expect(ask(`https://${host}/x`, { ...keys, auth })).rejects.toMatchObject({
        field: 'address',
        code: 'address-private',
      })
    for (const wrong of [{ ...keys, auth: 'AAAA' }, { p256dh: 'AAAA', auth }, { p256dh: auth, auth }, {}])
      await expect(ask('https://push.example/x', wrong)).rejects.toMatchObject({ code: 'address-push' })
    await expect(ask('http://push.example/x', { ...keys, auth })).rejects.toMatchObject({ code: 'address-push' })
    expect(await database().subscription.count()).toBe(0)
  })

  it('an address that the browser made is in use at once, and made anew it stays one', async () => {
    const point = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)])
    const keys = { p256dh: point.toString('base64url'), auth: Buffer.alloc(16, 9).toString('base64url') }
    const address = JSON.stringify({ endpoint: 'https://push.example/1', expirationTime: null, keys })
    const { token } = await askSubscription(outside, { channel: 'push', address })
    expect(await readPreferences(world.secrets, token!)).toMatchObject({ status: 'active', address: 'push.example' })
    const fresh = JSON.stringify({
      endpoint: 'https://push.example/1',
      keys: { ...keys, auth: Buffer.alloc(16, 8).toString('base64url') },
    })
    await askSubscription(outside, { channel: 'push', address: fresh })
    expect(await database().subscription.count()).toBe(1)
    expect(await database().task.count({ where: { job: 'send-confirmation' } })).toBe(0)
    for (const bad of ['', '{}', '[', '{"endpoint":"http://push.example/1","keys":{"p256dh":"a","auth":"b"}}', 'null'])
      await expect(askSubscription(outside, { channel: 'push', address: bad })).rejects.toMatchObject({
        code: 'address-push',
      })
  })
})

describe('by webhook', () => {
  const url = 'https://hooks.example/in?key=1'

  it('an address in a private range, or none at all, is refused at the field', async () => {
    const refusing = (code: 'private-address' | 'bad-address' | 'not-found') => ({
      secrets: world.secrets,
      webhooks: { check: () => Promise.reject(new WebhookNotSent(true, code, 'no')) },
    })
    const refusal = (code: string) => ({ kind: 'bad-input', field: 'address', code })
    await expect(
      askSubscription(refusing('private-address'), { channel: 'webhook', address: url }),
    ).rejects.toMatchObject(refusal('address-private'))
    await expect(askSubscription(refusing('bad-address'), { channel: 'webhook', address: url })).rejects.toMatchObject(
      refusal('address-webhook'),
    )
    await expect(askSubscription(refusing('not-found'), { channel: 'webhook', address: url })).rejects.toMatchObject(
      refusal('address-unreachable'),
    )
    for (const bad of [
      '',
      'hooks.example',
      'ftp://hooks.example/',
      'https://a:b@hooks.example/',
      'https://hooks.example/\u0000',
    ])
      await expect(askSubscription(outside, { channel: 'webhook', address: bad })).rejects.toMatchObject(
        refusal('address-webhook'),
      )
    expect(await database().subscription.count()).toBe(0)
  })

  it('asking for an endpoint that is in use shows a secret and a link that open nothing', async () => {
    const id = await world.subscription('webhook', 'https://hooks.example/in')
    const before = await only()
    const asked = await askSubscription(outside, {
      channel: 'webhook',
      address: 'https://hooks.example/in',
      language: 'fr',
    })
    expect(asked.secret).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
    await expect(readPreferences(world.secrets, asked.token!)).rejects.toMatchObject({ kind: 'not-found' })
    expect(await only()).toEqual(before)
    expect(asked.token).not.toContain(id.replaceAll('-', ''))
  })
})

describe('a link in a message', () => {
  it('ends what it is about, once and for all, with nobody signed in', async () => {
    const id = await world.subscription('mail', 'ann@people.example')
    const token = recipientToken(world.secrets, { kind: 'subscription', id })
    for (let press = 0; press < 2; press++) await endSubscription(world.secrets, token)
    expect(await only()).toMatchObject({ status: 'ended', endReason: 'unsubscribed' })
    expect(await database().event.count({ where: { kind: 'subscription.ended', subject: `subscription:${id}` } })).toBe(
      1,
    )
  })

  it('of a subscriber ends their carrier’s announcements and what the same mailbox asked for, until they start them again', async () => {
    const id = await world.subscriber('Ann@people.example')
    await world.subscription('mail', 'ann@people.example')
    const token = recipientToken(world.secrets, { kind: 'subscriber', id })
    expect(await readPreferences(world.secrets, token)).toEqual({
      kind: 'subscriber',
      address: 'A…@people.example',
      carriers: [{ name: 'harbor wireless', announced: true }],
    })
    for (let press = 0; press < 2; press++) await endSubscription(world.secrets, token)
    expect(await database().suppression.findMany()).toMatchObject([
      { carrierId: world.carriers.harbor, reason: 'unsubscribed', channel: 'mail' },
    ])
    expect((await only()).status).toBe('ended')
    expect(await readPreferences(world.secrets, token)).toMatchObject({ carriers: [{ announced: false }] })
    await startAnnouncements(world.secrets, token)
    expect(await readPreferences(world.secrets, token)).toMatchObject({ carriers: [{ announced: true }] })
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    await endSubscription(world.secrets, token)
    await world.send(broadcastId)
    expect(world.recipients()).toEqual([])
  })

  it('ends them for every carrier that has the mailbox: the mail it stood in was one for all of them', async () => {
    const id = await world.subscriber('Ann@people.example')
    await world.subscriber('ann@People.example', { carrier: 'meridian' })
    await world.subscriber('bob@people.example', { carrier: 'meridian' })
    const token = recipientToken(world.secrets, { kind: 'subscriber', id })
    const told = async () => {
      const { broadcastId } = await world.incident(['harbor', 'meridian'])
      await world.spread(broadcastId)
      await world.send(broadcastId)
      return world
        .recipients()
        .splice(0)
        .map(address => address.toLowerCase())
    }
    expect(await told()).toEqual(['ann@people.example', 'bob@people.example'])
    await endSubscription(world.secrets, token)
    world.smtp.messages.length = 0
    expect(await told()).toEqual(['bob@people.example'])
    const names = ['harbor wireless', 'meridian wireless']
    const carriers = (announced: boolean) => ({ carriers: names.map(name => ({ name, announced })) })
    expect(await readPreferences(world.secrets, token)).toMatchObject(carriers(false))
    await startAnnouncements(world.secrets, token)
    expect(await readPreferences(world.secrets, token)).toMatchObject(carriers(true))
  })

  it('starts nothing again where mail came back or a carrier was asked not to write, and says so', async () => {
    const id = await world.subscriber('ann@people.example')
    const token = recipientToken(world.secrets, { kind: 'subscriber', id })
    await suppressed('ann@people.example', 'bounced')
    await endSubscription(world.secrets, token)
    await expect(startAnnouncements(world.secrets, token)).rejects.toMatchObject({ code: 'announcements-barred' })
    expect(await readPreferences(world.secrets, token)).toMatchObject({ carriers: [{ announced: false }] })
    expect(await database().suppression.count()).toBe(2)
  })

  it('that somebody forged opens and changes nothing', async () => {
    const id = await world.subscription('mail', 'ann@people.example')
    const other = await world.subscriber('bob@people.example')
    const token = recipientToken(world.secrets, { kind: 'subscription', id })
    const [named, digest] = token.split('-') as [string, string]
    const forged = [
      '',
      'x',
      named,
      `${named}-${'0'.repeat(32)}`,
      `${named.replace('s', 'p')}-${digest}`,
      `s${other.replaceAll('-', '')}-${digest}`,
      `${token}0`,
      token.toUpperCase(),
    ]
    for (const wrong of forged) {
      for (const act of [endSubscription, readPreferences, startAnnouncements])
        await expect(act(world.secrets, wrong)).rejects.toMatchObject({ kind: 'not-found' })
      await expect(changeSubscription(world.secrets, wrong, {})).rejects.toMatchObject({ kind: 'not-found' })
    }
    expect((await only()).status).toBe('active')
    expect(await database().suppression.count()).toBe(0)
  })
})
