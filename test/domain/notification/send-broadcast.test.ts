import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { publishAdvice } from '@/domain/incident/publish-advice'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { keyBytes, recipientKey } from '@/domain/notification/recipient-key'
import { helpBroadcast, sendBroadcast } from '@/domain/notification/send-broadcast'
import { SmsNotSent } from '@/domain/notification/sms-gateway'
import { WebhookNotSent } from '@/domain/notification/webhook-gateway'
import { database } from '@/gateways/database'
import { BroadcastWorld } from '@/test/domain/notification/broadcast-world'

let world: BroadcastWorld
beforeAll(async () => {
  world = await BroadcastWorld.begin()
})
afterAll(() => world.end())
afterEach(async () => {
  world.smtp.refuseWith(null)
  world.smtp.messages.length = 0
  for (const list of Object.values(world.sent)) list.length = 0
  await database().delivery.deleteMany()
  await database().suppression.deleteMany()
  await database().subscription.deleteMany()
  await database().subscriber.deleteMany()
  await database().providerPace.deleteMany()
})

const rowsOf = (broadcastId: string) => database().delivery.findMany({ where: { broadcastId }, orderBy: { id: 'asc' } })
const suppress = (address: string, reason = 'unsubscribed') =>
  database().suppression.create({
    data: { channel: 'mail', addressKey: keyBytes(recipientKey(world.secrets, 'mail', address)), reason },
  })

describe('a statement', () => {
  it('reaches everybody once, in their language, with what to do and a way to end it', async () => {
    await world.subscriber('ann@people.example', { name: 'Ann <b>Lee</b>' })
    await world.subscriber('zoe@people.example', { language: 'fr' })
    await world.subscription('mail', 'press@people.example')
    const { incidentId } = await world.incident(['harbor'], false)
    await publishAdvice(system('test'), {
      incidentId,
      doEn: ['Keep the battery in.'],
      doFr: ['Laissez la batterie en place.'],
      doNotEn: ['Do not reset it.'],
      doNotFr: ['Ne la réinitialisez pas.'],
    })
    const update = await database().incidentUpdate.findFirstOrThrow({ where: { incidentId } })
    const { id } = await database().broadcast.create({
      data: { kind: 'update', incidentId, updateId: update.id, contentDigest: Buffer.alloc(32) },
    })
    await world.spread(id)
    expect(await world.send(id)).toBeNull()
    expect(world.recipients()).toEqual(['ann@people.example', 'press@people.example', 'zoe@people.example'])
    expect(await world.statuses(id)).toEqual({ sent: 3 })
    const to = (address: string) => world.smtp.messages.find(one => one.to[0] === address)!.mail
    const ann = to('ann@people.example')
    expect(ann.subject).toBe('Being investigated: Data service is down')
    expect(ann.text).toContain('Hello Ann <b>Lee</b>,')
    expect(ann.html).toContain('Hello Ann &lt;b&gt;Lee&lt;/b&gt;,')
    expect(ann.html).toContain('We are <strong>looking</strong> into it.')
    expect(ann.text).toMatch(/Keep the battery in\.[\s\S]*Do not reset it\.[\s\S]*We are looking into it\./)
    expect(ann.text).toMatch(/https:\/\/portal\.example\/en\/incidents\/\S*data-service-is-down\S*\n/)
    const zoe = to('zoe@people.example')
    expect(zoe.subject).toContain('En cours d’analyse')
    expect(zoe.text).toMatch(/^Bonjour,\n/)
    expect(zoe.text).toContain('Laissez la batterie en place.')
    const header = (name: string) => ann.headers.find(one => one.key === name)?.value
    expect(header('list-unsubscribe')).toMatch(/^<https:\/\/portal\.example\/unsubscribe\/p[0-9a-f]{32}-[0-9a-f]{32}>$/)
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    expect(header('list-id')).toBe('Homeward <announcements.portal.example>')
    expect(header('auto-submitted')).toBe('auto-generated')
    expect(header('message-id')).toMatch(/^<[0-9a-f]{40}@portal\.example>$/)
    expect(ann.text).toContain('/unsubscribe/p')
    expect(to('press@people.example').text).toContain('because you asked to be told')
    for (const { mail } of world.smtp.messages) expect(`${mail.text}${mail.html}`).not.toMatch(/\ue000|\.invalid/)
    expect(await database().adviceShown.count({ where: { place: 'mail' } })).toBe(2)
    expect((await database().broadcast.findUniqueOrThrow({ where: { id } })).status).toBe('done')
    expect(await world.send(id)).toBeNull()
    expect(world.recipients()).toHaveLength(3)
  })

  it('carries what another open incident of the carrier advises, where its own advises nothing', async () => {
    await world.subscriber('ann@people.example')
    await world.subscriber('bob@people.example', { carrier: 'meridian' })
    const advised = await world.incident(['harbor'], false)
    const lines = { doEn: ['Keep the battery in.'], doFr: ['Laissez la batterie.'], doNotEn: [], doNotFr: [] }
    await publishAdvice(system('test'), { incidentId: advised.incidentId, ...lines })
    const { broadcastId } = await world.incident(['harbor', 'meridian'])
    await world.spread(broadcastId)
    // Over meanwhile: what they are told says it all the same, because that is what was decided for them.
    await database().incident.update({
      where: { id: advised.incidentId },
      data: { status: 'resolved', resolvedAt: new Date() },
    })
    expect(await world.send(broadcastId)).toBeNull()
    const textTo = (address: string) => world.smtp.messages.find(one => one.to[0] === address)!.mail.text
    expect(textTo('ann@people.example')).toContain('Keep the battery in.')
    expect(textTo('bob@people.example')).not.toContain('Keep the battery in.')
    const { id } = await database().adviceVersion.findFirstOrThrow({ where: { incidentId: advised.incidentId } })
    expect(await database().adviceShown.count({ where: { adviceId: id, place: 'mail' } })).toBe(1)
  })

  it('carries its advice in short messages too, as far as it fits, and notes who was shown all of it', async () => {
    await world.subscriber('ann@people.example', { phone: '(206) 555-0123' })
    await world.subscription(
      'push',
      JSON.stringify({ endpoint: 'https://push.example/1', keys: { p256dh: 'a', auth: 'b' } }),
    )
    const { incidentId } = await world.incident(['harbor'], false)
    const told = async (does: string[]) => {
      world.sent.sms.length = 0
      world.sent.push.length = 0
      const doNots = { doNotEn: ['reset it'], doNotFr: ['la réinitialiser'] }
      await publishAdvice(system('test'), { incidentId, doEn: does, doFr: does, ...doNots })
      const update = await database().incidentUpdate.findFirstOrThrow({ where: { incidentId } })
      const { id } = await database().broadcast.create({
        data: { kind: 'update', incidentId, updateId: update.id, contentDigest: Buffer.alloc(32) },
      })
      await world.spread(id)
      // As a notice would tell her.
      await database().delivery.updateMany({ where: { channel: 'mail' }, data: { channel: 'sms' } })
      expect(await world.send(id)).toBeNull()
      return { sms: world.sent.sms[0]?.text ?? '', push: world.sent.push[0]?.payload as { body: string } }
    }
    const shown = () => database().adviceShown.count({ where: { place: 'sms' } })
    const short = await told(['keep the battery in', 'wait.'])
    expect(short.sms).toMatch(/Data service is down.* https:\S+ Do not: reset it\. Do: keep the battery in; wait\.$/)
    expect(short.push.body).toMatch(/ Do not: reset it\. Do: keep the battery in; wait\.$/)
    expect(await shown()).toBe(1)
    const long = await told(['Keep it charged. '.repeat(17), 'Wait.'])
    expect(long.sms).toMatch(/ Do not: reset it\. Do: Keep it charged\./)
    expect(long.sms).not.toContain('Wait')
    expect(await shown()).toBe(1)
  })

  it('goes by every channel that was asked for', async () => {
    await world.subscription('sms', '+12065550123', { language: 'fr' })
    await world.subscription(
      'push',
      JSON.stringify({ endpoint: 'https://push.example/1', keys: { p256dh: 'a', auth: 'b' } }),
    )
    await world.subscription('webhook', 'https://hooks.example/in')
    const { incidentId, broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    expect(await world.send(broadcastId)).toBeNull()
    expect(world.sent.sms[0]?.text).toMatch(/^Homeward\u00a0: du nouveau sur «\u00a0Le service/)
    expect(world.sent.sms[0]?.to).toBe('+12065550123')
    expect(world.sent.push[0]?.payload).toMatchObject({
      title: 'Data service is down',
      tag: incidentId.replaceAll('-', ''),
    })
    expect(world.sent.webhooks[0]?.payload).toMatchObject({
      type: 'incident.updated',
      data: {
        id: incidentId,
        status: 'investigating',
        impact: 'minor',
        incident_updates: [{ body: 'We are **looking** into it.' }],
      },
    })
    const rows = await rowsOf(broadcastId)
    expect(rows.map(row => `${row.channel} ${row.status}`).sort()).toEqual([
      'push sent',
      'sms sent',
      'webhook delivered',
    ])
    expect(rows.find(row => row.channel === 'sms')?.providerId).toBe('sms-1')
  })

  it('fails on a channel that nobody provides, and only there', async () => {
    await world.subscription('sms', '+12065550123')
    await world.subscription('mail', 'press@people.example')
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    expect(await world.send(broadcastId, { sms: null })).toBeNull()
    const rows = await rowsOf(broadcastId)
    expect(rows.map(row => `${row.channel} ${row.status} ${row.reason}`).sort()).toEqual([
      'mail sent null',
      'sms failed no-provider',
    ])
  })
})

describe('one that helps', () => {
  const help = (broadcastId: string) => helpBroadcast(world.outside, broadcastId)
  const people = async (count: number) => {
    const names = Array.from({ length: count }, (_, n) => `p${n}@people.example`)
    for (const name of names) await world.subscriber(name)
    return names.sort()
  }

  it('shares the work, and nobody hears it twice', async () => {
    const names = await people(40)
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    // Small bites, so that both have some.
    const slow = { ...world.outside, rates: { ...world.outside.rates, mail: 100 } }
    const [sent, helped] = await Promise.all([sendBroadcast(slow, broadcastId), helpBroadcast(slow, broadcastId)])
    expect(helped).toBeNull()
    if (sent !== null) expect(await world.send(broadcastId)).toBeNull()
    expect(world.recipients()).toEqual(names)
    expect(await world.statuses(broadcastId)).toEqual({ sent: 40 })
    expect(await help(broadcastId)).toBeNull()
  })

  it('alone sends everything, and leaves the end to the other', async () => {
    const names = await people(3)
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    expect(await help(broadcastId)).toBeNull()
    expect(world.recipients()).toEqual(names)
    const status = async () => (await database().broadcast.findUniqueOrThrow({ where: { id: broadcastId } })).status
    expect(await status()).toBe('sending')
    expect(await world.send(broadcastId)).toBeNull()
    expect(await status()).toBe('done')
  })

  it('is not waited for longer than a moment, as long as it lives', async () => {
    await people(1)
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    await database().delivery.updateMany({ where: { broadcastId }, data: { status: 'sending', claimedAt: new Date() } })
    const again = await world.send(broadcastId)
    expect(again!.getTime() - Date.now()).toBeLessThan(6_000)
    expect(again!.getTime()).toBeGreaterThan(Date.now())
    expect(world.recipients()).toEqual([])
  })

  it('leaves nothing waiting of what was stopped meanwhile', async () => {
    await people(2)
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    await database().broadcast.update({ where: { id: broadcastId }, data: { status: 'stopped' } })
    expect(await help(broadcastId)).toBeNull()
    expect(await world.statuses(broadcastId)).toEqual({ suppressed: 2 })
    expect(world.recipients()).toEqual([])
  })
})

describe('at the moment of sending', () => {
  it('nobody is written to who said no after the rows were written', async () => {
    for (const name of ['stays', 'says-no', 'bounced', 'gone']) await world.subscriber(`${name}@people.example`)
    const ended = await world.subscription('mail', 'ended@people.example')
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    await suppress('says-no@people.example')
    await suppress('bounced@people.example', 'bounced')
    await database().subscriber.deleteMany({ where: { email: 'gone@people.example' } })
    await database().subscription.update({ where: { id: ended }, data: { status: 'ended' } })
    expect(await world.send(broadcastId)).toBeNull()
    expect(world.recipients()).toEqual(['stays@people.example'])
    const rows = await rowsOf(broadcastId)
    expect(rows.map(row => `${row.status} ${row.reason}`).sort()).toEqual([
      'failed no-address',
      'sent null',
      'suppressed bounced',
      'suppressed unsubscribed',
      'suppressed unsubscribed',
    ])
  })

  it('an address that changed meanwhile is the new one', async () => {
    const id = await world.subscriber('old@people.example')
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    await database().subscriber.update({ where: { id }, data: { email: 'new@people.example' } })
    await world.send(broadcastId)
    expect(world.recipients()).toEqual(['new@people.example'])
  })

  it('nothing goes out of a broadcast that was stopped', async () => {
    await world.subscriber('ann@people.example')
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    await database().broadcast.update({ where: { id: broadcastId }, data: { status: 'stopped' } })
    expect(await world.send(broadcastId)).toBeNull()
    expect(world.recipients()).toEqual([])
    expect(await world.statuses(broadcastId)).toEqual({ suppressed: 1 })
  })
})

describe('what cannot be sent', () => {
  it('never stops the rest: a mailbox that is not there is not written to again', async () => {
    for (let n = 0; n < 30; n++) await world.subscriber(`p${n}@people.example`)
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    const mail = {
      ...world.outside.mail,
      async send(message: Parameters<typeof world.outside.mail.send>[0]) {
        if (message.to === 'p3@people.example') throw new MailNotSent(true, 'RCPT', true)
        if (message.to === 'p4@people.example') throw new MailNotSent(true, 'DATA')
        if (message.to === 'p5@people.example') throw new RangeError('ours')
        return world.outside.mail.send(message)
      },
    }
    const again = await world.send(broadcastId, { mail })
    expect(again!.getTime()).toBeGreaterThan(Date.now() + 20_000)
    expect(world.recipients()).toHaveLength(27)
    const odd = (await rowsOf(broadcastId)).filter(row => row.status !== 'sent')
    expect(odd.map(row => `${row.status} ${row.reason}`).sort()).toEqual([
      'bounced address-refused',
      'bounced message-refused',
      'pending our-fault',
    ])
    expect(world.reported).toHaveLength(1)
    const suppressions = await database().suppression.findMany()
    expect(suppressions.map(({ reason, carrierId }) => [reason, carrierId])).toEqual([['bounced', null]])
    expect(suppressions[0]!.addressKey).toEqual(
      new Uint8Array(keyBytes(recipientKey(world.secrets, 'mail', 'p3@people.example'))),
    )
  })

  it('is tried again later and at last given up, with its reason', async () => {
    await world.subscription('webhook', 'https://hooks.example/in')
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    const webhooks = {
      ...world.outside.webhooks,
      async send() {
        throw new WebhookNotSent(false, 'timed-out', 'slow')
      },
    }
    const waits: number[] = []
    for (let attempt = 1; attempt <= 8; attempt++) {
      const again = await world.send(broadcastId, { webhooks })
      const [row] = await rowsOf(broadcastId)
      expect(row).toMatchObject({ attempts: attempt, reason: 'timed-out', status: attempt < 8 ? 'pending' : 'failed' })
      if (again) waits.push(again.getTime() - Date.now())
      await database().delivery.updateMany({ data: { notBefore: new Date() } })
    }
    expect(waits).toHaveLength(7)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect((await database().broadcast.findUniqueOrThrow({ where: { id: broadcastId } })).status).toBe('done')
  })

  it('leaves a provider that is down alone for a while, and no other', async () => {
    for (let n = 0; n < 40; n++) await world.subscription('sms', `+1206555${String(1000 + n)}`)
    for (let n = 0; n < 5; n++) await world.subscriber(`p${n}@people.example`)
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    let asked = 0
    const sms = {
      async send(): Promise<{ id: string }> {
        asked += 1
        throw new SmsNotSent(false, 'down')
      },
      async close() {},
    }
    const rates = { ...world.outside.rates, sms: 10 }
    const again = await world.send(broadcastId, { sms, rates })
    expect(world.recipients()).toHaveLength(5)
    expect(asked).toBeGreaterThanOrEqual(10)
    expect(asked).toBeLessThan(25)
    expect(again!.getTime()).toBeGreaterThan(Date.now() + 5_000)
    const untried = await database().delivery.count({ where: { channel: 'sms', status: 'pending', attempts: 0 } })
    expect(untried).toBe(40 - asked)
    const before = asked
    await world.send(broadcastId, { sms, rates })
    expect(asked).toBe(before)
  })

  it('is taken from a worker that died, under the same key', async () => {
    await world.subscriber('ann@people.example')
    const { broadcastId } = await world.incident(['harbor'])
    await world.spread(broadcastId)
    await world.send(broadcastId)
    const long = new Date(Date.now() - 121_000)
    await database().delivery.updateMany({ data: { status: 'sending', claimedAt: long } })
    await database().broadcast.update({ where: { id: broadcastId }, data: { status: 'sending' } })
    await world.send(broadcastId)
    const ids = world.smtp.messages.map(({ mail }) => mail.messageId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    await database().delivery.updateMany({ data: { status: 'sending', claimedAt: new Date() } })
    await database().broadcast.update({ where: { id: broadcastId }, data: { status: 'sending' } })
    const again = await world.send(broadcastId)
    expect(again!.getTime()).toBeGreaterThan(Date.now())
    expect(world.smtp.messages).toHaveLength(2)
    await database().delivery.updateMany({ data: { attempts: 8, claimedAt: long } })
    expect(await world.send(broadcastId)).toBeNull()
    expect(await rowsOf(broadcastId)).toMatchObject([{ status: 'failed', reason: 'interrupted' }])
    expect(world.smtp.messages).toHaveLength(2)
  })
})
