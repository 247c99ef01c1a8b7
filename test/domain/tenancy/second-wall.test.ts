import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { findNotice } from '@/domain/notice/find-notice'
import { listAudienceChoices } from '@/domain/notice/list-audience-choices'
import { countNotices, listNotices } from '@/domain/notice/list-notices'
import { countSuppressions } from '@/domain/notice/list-suppressions'
import { readDeliveryResults } from '@/domain/notice/read-delivery-results'
import { findHolding } from '@/domain/record/find-holding'
import { readOverview } from '@/domain/record/read-overview'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { declineRequest } from '@/domain/restore/decline-request'
import {
  countQueue,
  findRequest,
  findRequestByReference,
  listOwnRequests,
  listQueue,
} from '@/domain/restore/find-requests'
import { listAccounts } from '@/domain/restore/list-accounts'
import { readProgress } from '@/domain/restore/read-progress'
import { readReport } from '@/domain/restore/read-report'
import { readTimeline } from '@/domain/restore/read-timeline'
import { readSubscriber } from '@/domain/subscriber/read-subscriber'
import { reader, type SeenBy, transaction } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import { TenancyWorld } from '@/test/domain/tenancy/tenancy-world'

// The first wall taken away: every query without its own condition, everybody authorized to everything.
vi.mock('@/domain/policy', async actual => ({
  ...(await actual<typeof import('@/domain/policy')>()),
  scope: () => ({}),
  authorize: () => {},
  authorizeEver: () => {},
  may: () => true,
  requireFreshProof: () => {},
}))

let world: TenancyWorld
let agent: Actor
let subscriber: Actor
const of: Record<string, Record<string, unknown>> = {}

beforeAll(async () => {
  world = await TenancyWorld.begin()
  const provedAt = new Date()
  const tables = ['subscribers', 'staff', 'holdings', 'restore_requests', 'notices'] as const
  for (const table of tables) of[table] = await world.row(table, world.boreal)
  const staffId = String((await world.row('staff', world.harbor)).id)
  agent = { role: 'support_lead', staffId, carrierId: world.harbor, provedAt }
  const subscriberId = String((await world.row('subscribers', world.harbor)).id)
  subscriber = { role: 'subscriber', subscriberId, carrierId: world.harbor, provedAt }
})
afterAll(async () => {
  await closeDatabase()
  await world.end()
})

const others = (table: string, column = 'id') => String(of[table]![column])
const missing = { kind: 'not-found' }

describe('with the first wall gone', () => {
  it('lists and counts still hold a carrier’s own alone', async () => {
    const queue = await listQueue(agent)
    expect(queue.requests.map(({ carrierId }) => carrierId)).toEqual([world.harbor])
    expect(await countQueue(agent)).toEqual({ filed: 1 })
    expect((await listOwnRequests(subscriber)).map(({ carrierId }) => carrierId)).toEqual([world.harbor])
    const overview = await readOverview(subscriber)
    expect(overview.filter(({ standing }) => standing !== 'none')).toHaveLength(1)
    expect((await listNotices(agent, {})).notices.map(({ id }) => id)).toEqual([
      (await world.row('notices', world.harbor)).id,
    ])
    expect(Object.values(await countNotices(agent)).reduce((sum, one) => sum + (one ?? 0), 0)).toBe(1)
  })

  it('another carrier’s search words find nothing', async () => {
    expect((await listQueue(agent, { search: others('restore_requests', 'reference') })).requests).toEqual([])
    expect((await listQueue(agent, { search: others('subscribers', 'account_id') })).requests).toEqual([])
    expect(await listAudienceChoices(agent, world.boreal)).toEqual({ regions: [], deviceModels: [] })
    expect(await countSuppressions(agent)).toBe(1)
  })

  it('what is another’s reads as not found', async () => {
    const request = others('restore_requests')
    await expect(findRequest(agent, request)).rejects.toMatchObject(missing)
    await expect(findRequestByReference(agent, others('restore_requests', 'reference'))).rejects.toMatchObject(missing)
    await expect(readTimeline(agent, request)).rejects.toMatchObject(missing)
    await expect(readProgress(agent, request)).rejects.toMatchObject(missing)
    await expect(readReport(agent, request)).rejects.toMatchObject(missing)
    await expect(readSubscriber(agent, others('subscribers'))).rejects.toMatchObject(missing)
    await expect(listAccounts(agent, { subscriberId: others('subscribers') })).rejects.toMatchObject(missing)
    await expect(listHoldings(agent, { subscriberId: others('subscribers') })).rejects.toMatchObject(missing)
    await expect(findHolding(subscriber, 'record.read', others('holdings'))).rejects.toMatchObject(missing)
    await expect(findNotice(agent, others('notices'))).rejects.toMatchObject(missing)
    await expect(readDeliveryResults(agent, others('notices'))).rejects.toMatchObject(missing)
  })

  it('a verb changes nothing of another’s', async () => {
    const before = await world.owner.query('SELECT status, version FROM restore_requests ORDER BY id')
    const id = others('restore_requests')
    const input = { requestId: id, version: 1, reason: 'other', note: 'Not yours.' } as const
    await expect(declineRequest(agent, input)).rejects.toMatchObject(missing)
    const changed = await transaction(agent, tx =>
      tx.restoreRequest.updateMany({ where: { id }, data: { version: 9 } }),
    )
    expect(changed.count).toBe(0)
    expect((await world.owner.query('SELECT status, version FROM restore_requests ORDER BY id')).rows).toEqual(
      before.rows,
    )
  })
})

describe('a query with no condition at all', () => {
  const seen = (by: Actor | 'every-carrier') =>
    reader(by)
      .subscriber.findMany({ select: { carrierId: true }, distinct: ['carrierId'] })
      .then(rows => rows.map(({ carrierId }) => carrierId).sort())

  it('sees what its actor may', async () => {
    const both = [world.harbor, world.boreal].sort()
    expect(await seen(agent)).toEqual([world.harbor])
    expect(await seen(subscriber)).toEqual([world.harbor])
    expect(await seen({ ...(agent as Extract<Actor, { staffId: string }>), carrierId: null })).toEqual(both)
    expect(await seen({ role: 'system', name: 'test' })).toEqual(both)
    expect(await seen('every-carrier')).toEqual(both)
    expect(await seen({ role: 'anonymous' })).toEqual([])
  })

  it('is not answered for somebody else who asks at the same moment', async () => {
    const other: Actor = { ...(agent as Extract<Actor, { staffId: string }>), carrierId: world.boreal }
    const id = others('subscribers')
    const asked = Array.from({ length: 60 }, (_, at) => {
      const by = [agent, other, 'every-carrier' as const][at % 3]!
      return reader(by).subscriber.findUnique({ where: { id } })
    })
    const answers = await Promise.all(asked)
    answers.forEach((row, at) => {
      expect(row?.id ?? null).toBe(at % 3 === 0 ? null : id)
    })
  })
})

it('a chain goes on behind a row that whoever acts may not read', async () => {
  const subject = `subscriber:${subscriber.role === 'subscriber' && subscriber.subscriberId}` as const
  const happened = { subject, kind: 'subscriber.language-chosen' } as const
  await transaction('every-carrier', tx => recordEvent(tx, system('test'), { ...happened, carrierId: null }))
  await transaction(subscriber, tx => recordEvent(tx, subscriber, { ...happened, carrierId: world.harbor }))
  const seqs = async (by: SeenBy) => (await reader(by).event.findMany({ where: { subject } })).map(({ seq }) => seq)
  const all = await seqs('every-carrier')
  expect(await seqs(subscriber)).toEqual(all.filter(seq => seq !== all.at(-2)))
  expect(all.at(-1)).toBe(all.length)
})
