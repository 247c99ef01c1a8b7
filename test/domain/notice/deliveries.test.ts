import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { masked, readDeliveryResults } from '@/domain/notice/read-delivery-results'
import { retryFailed } from '@/domain/notice/retry-failed'
import { withdrawNotice } from '@/domain/notice/withdraw-notice'
import { database } from '@/gateways/database'
import type { Channel, DeliveryStatus } from '@/prisma/generated/enums'
import { NoticeWorld } from '@/test/domain/notice/notice-world'

let world: NoticeWorld
let maya: string
beforeAll(async () => {
  world = await NoticeWorld.begin()
  maya = await world.subscriber({ accountId: 'HW-1012', email: 'maya.torres@harbor.example' })
})
afterAll(() => world.end())

const reasons = { reasonEn: 'Wrong.', reasonFr: 'Faux.' }
type Row = [channel: Channel, status: DeliveryStatus, reason?: string | null, subscriberId?: string | null]

async function told(rows: Row[], status: 'sending' | 'done' | 'stopped' = 'done') {
  const noticeId = await world.published()
  const broadcast = await database().broadcast.findFirstOrThrow({ where: { noticeId } })
  const broadcastId = broadcast.id
  await database().broadcast.update({ where: { id: broadcastId }, data: { status, endedAt: new Date() } })
  await database().delivery.createMany({
    data: rows.map(([channel, status, reason = null, subscriberId = maya]) => ({
      ...{ broadcastId, carrierId: world.harbor, channel, status, reason, subscriberId },
      language: 'en' as const,
      recipientKey: randomBytes(32),
      attempts: 3,
      settledAt: new Date(),
      claimedAt: new Date(),
    })),
  })
  return { noticeId, broadcastId }
}

const statuses = async (broadcastId: string) => {
  const rows = await database().delivery.findMany({ where: { broadcastId }, orderBy: { id: 'asc' } })
  return rows.map(({ status }) => status)
}

describe('what became of telling people', () => {
  it('is counted by channel and state, with what failed and why', async () => {
    const { noticeId, broadcastId } = await told([
      ['mail', 'delivered'],
      ['mail', 'delivered'],
      ['mail', 'bounced', 'address-refused'],
      ['sms', 'pending'],
      ['sms', 'failed', 'timed-out'],
      ['mail', 'failed', 'timed-out', null],
    ])
    const [results, ...others] = await readDeliveryResults(world.author, noticeId)
    expect(others).toEqual([])
    expect(results).toMatchObject({ broadcastId, kind: 'notice', status: 'done', retryable: 2 })
    expect(
      results?.counts.sort((a, b) => `${a.channel} ${a.status}`.localeCompare(`${b.channel} ${b.status}`)),
    ).toEqual([
      { channel: 'mail', status: 'bounced', count: 1 },
      { channel: 'mail', status: 'delivered', count: 2 },
      { channel: 'mail', status: 'failed', count: 1 },
      { channel: 'sms', status: 'failed', count: 1 },
      { channel: 'sms', status: 'pending', count: 1 },
    ])
    expect(
      results?.failures.map(({ channel, status, reason, recipient }) => [channel, status, reason, recipient]),
    ).toEqual([
      ['mail', 'failed', 'timed-out', null],
      ['sms', 'failed', 'timed-out', 'H…2'],
      ['mail', 'bounced', 'address-refused', 'm…s@harbor.example'],
    ])
  })

  it('names nobody in full', () => {
    expect(masked('ab@x.example')).toBe('…@x.example')
    expect(masked('abc@x.example')).toBe('a…c@x.example')
    expect(masked('')).toBe('…')
  })

  it('is for the carrier’s own staff', async () => {
    const { noticeId } = await told([['mail', 'failed']])
    for (const actor of [world.otherAuthor, world.otherApprover])
      await expect(readDeliveryResults(actor, noticeId)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(readDeliveryResults(world.author, randomUUID())).rejects.toMatchObject({ kind: 'not-found' })
  })
})

describe('another try', () => {
  it('is made of what it can help, and of nothing else', async () => {
    const { broadcastId } = await told([
      ['mail', 'failed', 'timed-out'],
      ['mail', 'bounced', 'mailbox-full'],
      ['mail', 'bounced', 'address-refused'],
      ['mail', 'delivered'],
      ['mail', 'suppressed', 'asked'],
      ['sms', 'failed', null],
    ])
    expect(await retryFailed(world.approver, { broadcastId })).toEqual({ count: 3 })
    expect(await statuses(broadcastId)).toEqual(['pending', 'pending', 'bounced', 'delivered', 'suppressed', 'pending'])
    const again = await database().delivery.findMany({ where: { broadcastId, status: 'pending' } })
    for (const row of again) expect(row).toMatchObject({ reason: null, attempts: 0, claimedAt: null, settledAt: null })
    expect(await database().broadcast.findUniqueOrThrow({ where: { id: broadcastId } })).toMatchObject({
      status: 'sending',
      endedAt: null,
    })
    const events = await database().event.findMany({ where: { subject: `broadcast:${broadcastId}` } })
    expect(events.map(({ kind, data }) => [kind, data])).toEqual([['delivery.retried', '{"count":3}']])
    const task = await database().task.findFirst({ where: { onceKey: `send:${broadcastId}` } })
    expect(task).toMatchObject({ job: 'send-broadcast', payload: { broadcastId } })
  })

  it('changes nothing where there is nothing to try', async () => {
    const { broadcastId } = await told([['mail', 'delivered']])
    expect(await retryFailed(world.approver, { broadcastId })).toEqual({ count: 0 })
    expect(await database().event.count({ where: { subject: `broadcast:${broadcastId}` } })).toBe(0)
    expect((await database().broadcast.findUniqueOrThrow({ where: { id: broadcastId } })).status).toBe('done')
  })

  it('is not made of what was stopped or withdrawn', async () => {
    const stopped = await told([['mail', 'failed']], 'stopped')
    const withdrawn = await told([['mail', 'failed']])
    await withdrawNotice(world.approver, { noticeId: withdrawn.noticeId, ...reasons })
    for (const { broadcastId } of [stopped, withdrawn]) {
      await expect(retryFailed(world.approver, { broadcastId })).rejects.toMatchObject({ code: 'broadcast-stopped' })
      expect(await statuses(broadcastId)).toEqual(['failed'])
    }
  })

  it('is an approver’s of the same carrier', async () => {
    const { broadcastId } = await told([['mail', 'failed']])
    await expect(retryFailed(world.otherApprover, { broadcastId })).rejects.toMatchObject({ kind: 'not-found' })
    await expect(retryFailed(world.author, { broadcastId })).rejects.toMatchObject({ kind: 'not-allowed' })
    expect(await statuses(broadcastId)).toEqual(['failed'])
  })
})
