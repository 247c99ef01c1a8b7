import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { placeLegalHold } from '@/domain/retention/place-legal-hold'
import { countPurge, purge } from '@/domain/retention/purge'
import { readRetention } from '@/domain/retention/read-retention'
import { keptSince, type RetentionName, retentionNames } from '@/domain/retention/retention-periods'
import { reader, transaction } from '@/domain/transaction'
import { database } from '@/gateways/database'
import { first, operator } from '@/test/domain/retention/erasure-world'
import { RestoreWorld } from '@/test/support/restore-world'

let world: RestoreWorld
let ann: { subscriberId: string; carrierId: string }
let requestId: string

beforeAll(async () => {
  world = await RestoreWorld.begin()
  const subscriberId = await world.subscriber('ann')
  const { carrierId } = await database().subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
  ann = { subscriberId, carrierId }
  await world.batch('bag', { 'ann/contacts.vcf': 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:One\r\nEND:VCARD\r\n' })
  const { id } = await world.vdir(subscriberId)
  requestId = await world.request({ subscriberId, accountId: id })
  await world.run(requestId)
}, 120_000)
afterAll(() => world.end())

const now = new Date()
const services = () => world.open.services
/** A moment before, or after, the end of what a rule keeps. */
const around = (name: RetentionName, minutes: number) => new Date(keptSince(name, now).getTime() + minutes * 60_000)

/** One thing that each rule takes now, and one that it keeps for another minute. */
async function both(): Promise<void> {
  for (const minutes of [-1, 1]) {
    const at = (name: RetentionName) => around(name, minutes)
    const mark = randomUUID()
    await transaction('every-carrier', async tx => {
      const user = await tx.signInUser.create({ data: { email: `${mark}@people.example` } })
      await tx.signInSession.create({ data: { userId: user.id, sessionToken: mark, expires: at('sessions') } })
      await tx.signInToken.create({ data: { identifier: mark, token: mark, expires: at('sign-in-links') } })
      await tx.identityCode.create({ data: { ...ann, sessionId: mark, expiresAt: at('codes'), spentAt: at('codes') } })
      const hash = randomBytes(32)
      await tx.passkeyChallenge.create({ data: { hash, purpose: 'sign-in', expires: at('challenges') } })
      await tx.keptForm.create({ data: { sealed: hash, createdAt: at('forms') } })
      const staff = await tx.staff.create({ data: { email: mark, name: 'Eve', role: 'auditor' } })
      await tx.staffInvitation.create({ data: { staffId: staff.id, tokenHash: hash, expires: at('invitations') } })
      const { carrierId } = ann
      const { id: tokenId } = await tx.machineToken.create({
        data: { carrierId, name: 'Program', scopes: [], hash, expiresAt: now },
      })
      const kept = { key: mark, fingerprint: hash, status: 200, sealed: hash, answeredAt: at('answers') }
      await tx.keptAnswer.create({ data: { carrierId, tokenId, ...kept } })
      const endpoint = await tx.webhookEndpoint.create({
        data: { carrierId, tokenId, form: 'homeward', address: hash, secret: hash },
      })
      const told = { subject: `ticket:${mark}`, kind: 'ticket.changed', data: {}, at: now, notBefore: now }
      await tx.webhookDelivery.create({
        data: { carrierId, endpointId: endpoint.id, ...told, settledAt: at('webhook-deliveries') },
      })
      await tx.task.create({ data: { job: 'purge', payload: {}, status: 'done', doneAt: at('tasks') } })
      await tx.message.create({ data: { ...ann, template: 'filed', dedupKey: mark, sentAt: at('messages') } })
      const broadcast = await tx.broadcast.create({ data: { kind: 'update', contentDigest: hash } })
      const sent = { broadcastId: broadcast.id, channel: 'mail', language: 'en', status: 'sent' } as const
      await tx.delivery.create({ data: { ...sent, ...ann, recipientKey: hash, settledAt: at('deliveries') } })
      const changed = { kind: 'address', previous: 'old@people.example', changedAt: at('previous-addresses') }
      await tx.factorChange.create({ data: { ...ann, ...changed, notedAt: at('previous-addresses') } })
      const subscription = { channel: 'mail', address: hash } as const
      await tx.subscription.create({
        data: { ...subscription, addressKey: Buffer.from(`a${mark}`), confirmUntil: at('unconfirmed') },
      })
      const ended = { status: 'ended', endedAt: at('ended-subscriptions') } as const
      await tx.subscription.create({ data: { ...subscription, ...ended, addressKey: Buffer.from(`b${mark}`) } })
      await tx.host.create({ data: { host: mark, updatedAt: at('hosts') } })
      const { id: ticketId } = await tx.ticket.findUniqueOrThrow({ where: { requestId } })
      const aside = { status: 'aside', reason: 'empty', settledAt: now, mailKey: hash } as const
      await tx.mailIn.create({ data: { ...ann, ...aside, ticketId, arrivedAt: at('mails') } })
      await tx.workerBeat.create({ data: { id: mark, kind: 'worker', startedAt: at('beats'), beatAt: at('beats') } })
    })
    mkdirSync(path.join(world.folder, 'mail'), { recursive: true })
    const mail = path.join(world.folder, 'mail', `${mark.replaceAll('-', '')}.eml`)
    writeFileSync(mail, 'To: <a@people.example>\r\n\r\n')
    utimesSync(mail, at('copies'), at('copies'))
  }
}

const archives = async () => {
  const rows = await reader('every-carrier').runCategory.findMany({ where: { run: { requestId } } })
  return rows.map(({ planKey }) => planKey).filter(key => key !== null)
}
const undoUntil = (at: Date) => database().restoreRequest.update({ where: { id: requestId }, data: { undoUntil: at } })

describe('a purge', () => {
  beforeEach(() => database().purge.deleteMany({}))

  it('removes what has been kept long enough and nothing else, once a day, with one event', async () => {
    await both()
    await undoUntil(around('archives', -1))
    const [plan] = await archives()
    const file = path.join(world.folder, 'snapshots', `${plan}.sealed`)
    expect(existsSync(file)).toBe(true)
    const expected = Object.fromEntries(retentionNames.map(name => [name, 1]))
    expect(await countPurge(operator, services(), now)).toEqual(expected)
    expect(await countPurge(operator, services(), now)).toEqual(expected)
    const all = await Promise.all([1, 2, 3].map(() => purge(operator, services(), now)))
    expect(all.filter(one => one !== null)).toEqual([expected])
    expect(existsSync(file)).toBe(false)
    expect(await archives()).toEqual([])
    expect((await world.report(requestId)).outcomes).toEqual([])
    expect(Object.values(await countPurge(operator, services(), now)).filter(count => count !== 0)).toEqual([])
    expect(await purge(operator, services(), now)).toBeNull()
    expect(await reader('every-carrier').event.count({ where: { kind: 'retention.purged' } })).toBe(1)
    const { rules, purges } = await readRetention(operator)
    expect(rules.map(one => one.lastRemoved)).toEqual(rules.map(() => 1))
    expect(purges).toEqual([{ day: expect.any(Date), endedAt: now, removed: retentionNames.length }])
  })

  it('leaves what is about somebody under a legal hold', async () => {
    await both()
    const { subscriberId: subjectId } = ann
    const { holdId } = await placeLegalHold(first(), {
      scope: 'subscriber',
      subjectId,
      reason: 'A claim',
      reference: 'X',
    })
    const counts = await purge(operator, services(), now)
    for (const name of ['codes', 'messages', 'deliveries', 'previous-addresses', 'mails'] as const)
      expect([name, counts?.[name]]).toEqual([name, undefined])
    expect(counts).toMatchObject({ sessions: 1, tasks: 1 })
    await transaction('every-carrier', tx => tx.legalHold.delete({ where: { id: holdId } }))
    await database().purge.deleteMany({})
    expect(await purge(operator, services(), now)).toMatchObject({ codes: 1, messages: 1, deliveries: 1 })
  })

  it('goes on where it was stopped, in pages', async () => {
    await database().task.deleteMany({ where: { status: 'done' } })
    await database().task.createMany({
      data: Array.from({ length: 2500 }, () => {
        return { job: 'purge', payload: {}, status: 'done' as const, doneAt: new Date(0) }
      }),
    })
    const stop = new AbortController()
    stop.abort()
    expect(await purge(operator, { ...services(), signal: stop.signal }, now)).toEqual({})
    expect((await readRetention(operator)).purges[0]?.endedAt).toBeNull()
    expect(await purge(operator, services(), now)).toMatchObject({ tasks: 2500 })
  })
})
