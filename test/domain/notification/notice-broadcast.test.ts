import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { withdrawNotice } from '@/domain/notice/withdraw-notice'
import { addBroadcast } from '@/domain/notification/add-broadcast'
import { transaction } from '@/domain/transaction'
import { database } from '@/gateways/database'
import type { Channel } from '@/prisma/generated/enums'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'

let world: BroadcastWorld
beforeAll(async () => {
  world = await BroadcastWorld.begin()
})
afterAll(() => world.end())
afterEach(async () => {
  world.smtp.messages.length = 0
  world.sent.sms.length = 0
  world.sent.webhooks.length = 0
  await database().delivery.deleteMany()
  await database().subscription.deleteMany()
  await database().subscriber.deleteMany()
})

async function published(audience: object, channels: Channel[] = ['mail'], more: object = {}) {
  const carrierId = world.carriers.harbor!
  const { id } = await database().notice.create({
    data: {
      carrierId,
      status: 'published',
      titleEn: 'For {{subscriber.name}}: contacts are back',
      titleFr: 'Pour {{subscriber.name}} : les contacts sont de retour',
      bodyEn: 'Hello {{subscriber.name}}, *{{carrier.name}}* has them. {{portal.url}}',
      bodyFr: 'Bonjour {{subscriber.name}}, *{{carrier.name}}* les a. {{portal.url}}',
      smsEn: '{{subscriber.name}}: contacts are back.',
      smsFr: '{{subscriber.name}} : contacts de retour.',
      audience,
      channels,
      createdBy: randomUUID(),
      editedBy: randomUUID(),
      publishedAt: new Date(),
      ...more,
    },
  })
  return { id, broadcastId: await told(id, 'notice') }
}

async function told(noticeId: string, kind: 'notice' | 'notice-withdrawn'): Promise<string> {
  const where = { noticeId, kind }
  const known = await database().broadcast.findFirst({ where })
  if (known) return known.id
  await transaction('every-carrier', tx => addBroadcast(tx, { kind, noticeId, carrierId: world.carriers.harbor! }))
  return (await database().broadcast.findFirstOrThrow({ where })).id
}

const reasons = { reasonEn: 'The day was wrong.', reasonFr: 'Le jour était faux.' }
const mailTo = (address: string) => world.smtp.messages.find(one => one.to[0] === address)?.mail

describe('a notice', () => {
  it('reaches its audience alone, by name, by mail and by telephone', async () => {
    await world.subscriber('ann@people.example', { name: 'Ann *Lee*', phone: '(206) 555-0123' })
    await world.subscriber('luc@people.example', { language: 'fr' })
    const west = await world.subscriber('west@people.example', { phone: 'ask my mother' })
    await world.subscriber('theirs@people.example', { carrier: 'meridian' })
    await world.subscription('mail', 'press@people.example')
    await database().subscriber.updateMany({ where: { id: { not: west } }, data: { region: 'north' } })
    const { broadcastId } = await published({ regions: ['north'] }, ['mail', 'sms'])
    await world.spread(broadcastId)
    expect(await world.send(broadcastId)).toBeNull()
    expect(world.recipients()).toEqual(['ann@people.example', 'luc@people.example'])
    expect(mailTo('ann@people.example')?.subject).toBe('For Ann *Lee*: contacts are back')
    expect(mailTo('ann@people.example')?.html).toContain('Hello Ann *Lee*, <em>harbor wireless</em> has them.')
    expect(mailTo('ann@people.example')?.text).toContain('https://portal.example/account\n')
    expect(mailTo('luc@people.example')?.text).toContain('Bonjour abonné, harbor wireless les a.')
    expect(world.sent.sms.map(({ to, text }) => [to, text])).toEqual([
      ['+12065550123', 'Ann *Lee*: contacts are back.'],
    ])
  })

  it('to everybody is told to the public that asked for the carrier, in a public way', async () => {
    await world.subscriber('ann@people.example', { phone: '(206) 555-0123' })
    const harbor = [{ kind: 'carrier', targetId: world.carriers.harbor! }]
    await world.subscription('mail', 'press@people.example', { topics: harbor })
    await world.subscription('webhook', 'https://hooks.example/in', { topics: harbor })
    await world.subscription('sms', '+12065550177', { topics: harbor })
    const { broadcastId } = await published({ everyone: true })
    await world.spread(broadcastId)
    expect(await world.send(broadcastId)).toBeNull()
    expect(world.recipients()).toEqual(['ann@people.example', 'press@people.example'])
    expect(mailTo('press@people.example')?.text).toContain('https://portal.example/en\n')
    expect(world.sent.webhooks).toMatchObject([{ payload: { type: 'notice.published' } }])
    expect(world.sent.sms).toEqual([])
  })

  it('written in one language reaches everybody in that one', async () => {
    await world.subscriber('luc@people.example', { language: 'fr' })
    const { broadcastId } = await published({ everyone: true }, ['mail'], {
      titleFr: '',
      bodyFr: '',
      oneLanguage: true,
    })
    await world.spread(broadcastId)
    await world.send(broadcastId)
    expect(mailTo('luc@people.example')?.text).toContain('harbor wireless has them.')
  })

  it('that is withdrawn between writing the rows and sending goes to nobody, nor does its withdrawal', async () => {
    await world.subscriber('ann@people.example')
    const { id, broadcastId } = await published({ everyone: true })
    await world.spread(broadcastId)
    await withdrawNotice(system('test'), { noticeId: id, ...reasons })
    expect(await world.send(broadcastId)).toBeNull()
    expect(await database().delivery.findMany({ where: { broadcastId } })).toMatchObject([
      { status: 'suppressed', reason: 'withdrawn' },
    ])
    expect((await database().broadcast.findUniqueOrThrow({ where: { id: broadcastId } })).status).toBe('stopped')
    const last = await told(id, 'notice-withdrawn')
    await world.spread(last)
    expect(await world.send(last)).toBeNull()
    expect(world.recipients()).toEqual([])
  })

  it('that is withdrawn after it was sent is taken back where it arrived, and nowhere else', async () => {
    await world.subscriber('ann@people.example')
    const late = await world.subscriber('late@people.example')
    const { id, broadcastId } = await published({ everyone: true })
    await world.spread(broadcastId)
    await database().delivery.updateMany({ where: { subscriberId: late }, data: { status: 'failed', reason: 'x' } })
    await world.send(broadcastId)
    await withdrawNotice(system('test'), { noticeId: id, ...reasons })
    const last = await told(id, 'notice-withdrawn')
    await world.spread(last, 1)
    expect(await world.send(last)).toBeNull()
    expect(world.recipients()).toEqual(['ann@people.example', 'ann@people.example'])
    const { subject, text } = world.smtp.messages.at(-1)!.mail
    expect(subject).toBe('Withdrawn: For subscriber: contacts are back')
    expect(text).toContain('! The day was wrong.')
  })

  it('that puts another one right reaches all who got that one, once each, also where it is for others', async () => {
    const ann = await world.subscriber('ann@people.example', { phone: '(206) 555-0123' })
    const bea = await world.subscriber('bea@people.example')
    await database().subscriber.update({ where: { id: ann }, data: { region: 'north' } })
    const { id: wrong, broadcastId: first } = await published({ regions: ['north'] }, ['mail', 'sms'])
    await world.spread(first)
    await world.send(first)
    expect(world.recipients()).toEqual(['ann@people.example'])
    world.smtp.messages.length = 0

    // Since then she has moved and taken another address, and somebody else belongs to the audience.
    await database().subscriber.update({ where: { id: ann }, data: { region: 'south', email: 'ann@new.example' } })
    await database().subscriber.update({ where: { id: bea }, data: { region: 'north' } })
    const ended = {
      ...{ endReasonEn: reasons.reasonEn, endReasonFr: reasons.reasonFr },
      ...{ status: 'corrected' as const, endedAt: new Date() },
    }
    await database().notice.update({ where: { id: wrong }, data: ended })
    const { broadcastId } = await published({ regions: ['north'] }, ['mail'], { correctsId: wrong })
    await world.spread(broadcastId)
    expect(await world.send(broadcastId)).toBeNull()
    expect(world.recipients()).toEqual(['ann@new.example', 'bea@people.example'])
    expect(mailTo('ann@new.example')?.text).toContain('This puts an earlier notice right: The day was wrong.')
    expect(world.sent.sms).toHaveLength(2)

    // Without a channel of its own, it is told to them alone.
    const silent = await published({ everyone: true }, [], { correctsId: wrong })
    await world.subscription('webhook', 'https://hooks.example/in')
    await world.spread(silent.broadcastId)
    expect(await world.statuses(silent.broadcastId)).toEqual({ pending: 2 })
  })

  it('that puts another one right writes once to somebody whose address changed in between', async () => {
    const ann = await world.subscriber('ann@people.example')
    const { id: wrong, broadcastId: first } = await published({ everyone: true })
    await world.spread(first)
    await world.send(first)
    world.smtp.messages.length = 0
    await database().subscriber.update({ where: { id: ann }, data: { email: 'ann@new.example' } })
    await database().notice.update({ where: { id: wrong }, data: { status: 'corrected', endedAt: new Date() } })
    const { broadcastId } = await published({ everyone: true }, ['mail'], { correctsId: wrong })
    await world.spread(broadcastId)
    expect(await world.send(broadcastId)).toBeNull()
    expect(world.recipients()).toEqual(['ann@new.example'])
  })
})
