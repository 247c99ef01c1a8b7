import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '@/domain/actor'
import { reader } from '@/domain/transaction'
import { countTickets, findTickets, type TicketLine } from '@/domain/triage/find-tickets'
import type { QueueFilter } from '@/domain/triage/queue-filter'
import { refused } from '@/test/domain/decision/decision-world'
import { QueueWorld } from '@/test/domain/triage/queue-world'

const everyone = 'every-carrier'
let world: QueueWorld
beforeAll(async () => {
  world = await QueueWorld.begin(250)
}, 120_000)
afterAll(() => world?.end())

interface Truth {
  id: string
  carrier: string
  status: string
  state: string
  kind: string
  language: string
  priority: string
  tags: string[]
  taken_by: string | null
  waits_since: Date
  categories: string[] | null
  batches: string[] | null
  hold: string | null
  loss: string | null
  second: boolean
}

/** Everything from the tables themselves, without what triggers keep. */
async function truths(): Promise<Truth[]> {
  return reader(everyone).$queryRaw<Truth[]>`
    SELECT t.id, t.carrier_id::text AS carrier, t.status::text, t.kind::text, t.priority::text, t.tags, t.taken_by::text,
      t.waits_since, s.language::text,
      coalesce(r.status::text, CASE t.status WHEN 'open' THEN 'asked' WHEN 'pending' THEN 'answered' ELSE 'closed' END) AS state,
      CASE WHEN r.status IN ('waiting', 'held') THEN r.wait_reason END AS hold,
      (SELECT array_agg(i.category::text) FROM request_items i WHERE i.request_id = t.request_id) AS categories,
      (SELECT array_agg(h.batch_id::text) FROM request_items i JOIN holdings h ON h.id = i.holding_id WHERE i.request_id = t.request_id) AS batches,
      CASE WHEN t.request_id IS NOT NULL THEN (SELECT l.loss::text FROM subscriber_losses l WHERE l.subscriber_id = t.subscriber_id) END AS loss,
      coalesce(r.status = 'filed' AND EXISTS (SELECT FROM request_approvals a WHERE a.request_id = r.id), false) AS second
    FROM tickets t JOIN subscribers s ON s.id = t.subscriber_id LEFT JOIN restore_requests r ON r.id = t.request_id`
}

const fits = (actor: Actor, filter: QueueFilter, one: Truth, now: Date): boolean => {
  const staff = actor as { staffId: string; carrierId: string | null }
  const { state, status, carrier, kind, category, loss, language, batch, hold, tag, assignee, priority } = filter
  const taker = { me: staff.staffId, nobody: null }[assignee ?? ''] ?? assignee
  return [
    staff.carrierId === null || staff.carrierId === one.carrier,
    state === undefined || (state as string[]).includes(one.state),
    status === undefined || status === one.status,
    carrier === undefined || carrier === one.carrier,
    kind === undefined || kind === one.kind,
    category === undefined || one.categories?.includes(category),
    loss === undefined || loss === (one.loss ?? 'unknown'),
    language === undefined || language === one.language,
    batch === undefined || one.batches?.includes(batch),
    hold === undefined || hold === one.hold,
    tag === undefined || one.tags.includes(tag),
    assignee === undefined || one.status === 'open',
    assignee === undefined || (assignee === 'nobody' ? one.taken_by === null : true),
    assignee === undefined || (assignee === 'somebody' ? one.taken_by !== null : true),
    assignee === undefined || ['nobody', 'somebody'].includes(assignee) || one.taken_by === taker,
    priority === undefined || priority === one.priority,
    filter.approval === undefined || one.second,
    filter.waited === undefined || one.waits_since.getTime() <= now.getTime() - filter.waited * 3_600_000,
  ].every(Boolean)
}

const filters = (batch: string, staffId: string): QueueFilter[] => [
  {},
  { status: 'open' },
  { state: ['filed'] },
  { state: ['filed', 'asked'] },
  { state: ['done', 'declined', 'closed'] },
  { language: 'fr' },
  { kind: 'missing-records' },
  { kind: 'restore', language: 'fr', status: 'open' },
  { category: 'photos' },
  { category: 'notes', loss: 'significant', language: 'en' },
  { loss: 'unknown' },
  { batch },
  { batch, priority: 'high' },
  { hold: 'frozen' },
  { state: ['held'], hold: 'vanishing' },
  { tag: 'vip' },
  { tag: 'press', status: 'resolved' },
  { tag: 'nobody-has-it' },
  { assignee: 'nobody' },
  { assignee: 'me' },
  { assignee: 'somebody', language: 'en' },
  { assignee: staffId },
  { priority: 'urgent', waited: 240 },
  { waited: 300 },
  { approval: 'second' },
]

/** A whole list, page by page. */
async function walked(actor: Actor, filter: QueueFilter, newestFirst: boolean, take: number, now: Date) {
  const pages: TicketLine[][] = []
  let after: string | undefined
  do {
    const page = await findTickets(
      actor,
      world.outside,
      { filter, newestFirst, take, ...(after === undefined ? {} : { after }) },
      now,
    )
    pages.push(page.tickets)
    after = page.next ?? undefined
  } while (after !== undefined)
  return pages
}

describe('lists of tickets', () => {
  it('hold what the tables say, in order, each ticket once, whatever they are narrowed to and however long pages are', async () => {
    const now = new Date()
    const all = await truths()
    const batch = all.find(one => one.batches !== null)!.batches![0]!
    const { harbor, boreal, lead, everywhere } = world.agents
    const asked = [
      ...filters(batch, lead.staffId),
      { carrier: boreal.carrierId! },
      { carrier: boreal.carrierId!, tag: 'press' },
    ]
    const compared = new Map<string, number>()
    for (const actor of [harbor, boreal, everywhere]) {
      for (const [at, filter] of asked.entries()) {
        const newestFirst = at % 2 === 1
        const truth = all
          .filter(one => fits(actor, filter, one, now))
          .sort((a, b) => a.waits_since.getTime() - b.waits_since.getTime() || (a.id < b.id ? -1 : 1))
          .map(({ id }) => id)
        if (newestFirst) truth.reverse()
        const found = (await walked(actor, filter, newestFirst, 20 + at, now)).flat().map(({ id }) => id)
        expect([filter, found]).toEqual([filter, truth])
        const [count] = await countTickets(actor, [filter], now)
        expect([filter, count]).toEqual([filter, { count: truth.length, more: false }])
        compared.set(JSON.stringify(filter), (compared.get(JSON.stringify(filter)) ?? 0) + truth.length)
      }
    }
    expect([...compared].filter(([, found]) => found === 0).map(([filter]) => filter)).toEqual([
      '{"tag":"nobody-has-it"}',
    ])
  }, 120_000)

  it('go back to where they came from', async () => {
    const { harbor } = world.agents
    const open = (more: { after?: string; before?: string }) =>
      findTickets(harbor, world.outside, { filter: { language: 'fr' }, take: 10, ...more })
    const first = await open({})
    expect(first.previous).toBeNull()
    const second = await open({ after: first.next! })
    const third = await open({ after: second.next! })
    const back = await open({ before: third.previous! })
    expect(back.tickets).toEqual(second.tickets)
    expect((await open({ after: back.next! })).tickets).toEqual(third.tickets)
    const home = await open({ before: back.previous! })
    expect(home.tickets).toEqual(first.tickets)
    expect(home.previous).toBeNull()
  })

  it('refuse a place that was forged, or is another reader’s or list’s, and a filter that there is not', async () => {
    const { harbor, boreal, lead } = world.agents
    const filter = { language: 'fr' } as const
    const ask = (actor: Actor, more: object) => findTickets(actor, world.outside, { filter, take: 5, ...more })
    const { next } = await ask(harbor, {})
    const [text, sign] = next!.split('.')
    const other = Buffer.from(JSON.stringify([0, '00000000-0000-4000-8000-000000000000'])).toString('base64url')
    for (const after of [
      '',
      '.',
      'x',
      text!,
      `${other}.${sign}`,
      `${next}.x`.repeat(9),
      `${text}.${sign!.replace(/./g, '0')}`,
    ])
      await expect(ask(harbor, { after })).rejects.toMatchObject({
        code: 'unknown-place',
        field: 'after',
        kind: 'bad-input',
      })
    await expect(ask(harbor, { before: 'x' })).rejects.toMatchObject({ code: 'unknown-place', field: 'before' })
    for (const actor of [boreal, lead])
      await expect(ask(actor, { after: next })).rejects.toEqual(refused('unknown-place'))
    await expect(ask(harbor, { after: next, newestFirst: true })).rejects.toEqual(refused('unknown-place'))
    await expect(ask(harbor, { after: next, filter: {} })).rejects.toEqual(refused('unknown-place'))
    for (const [field, given, code] of [
      ['colour', { colour: 'red' }, 'unknown-filter'],
      ['language', { language: 'de' }, 'unknown-value'],
      ['state', { state: ['open'] }, 'unknown-value'],
      ['state', { state: [] }, 'unknown-value'],
      ['batch', { batch: "x'; DROP TABLE tickets" }, 'unknown-value'],
      ['waited', { waited: 1e9 }, 'unknown-value'],
      ['waited', { waited: 'soon' }, 'unknown-value'],
      ['assignee', { assignee: 'someone' }, 'unknown-value'],
      ['tag', { tag: '' }, 'unknown-value'],
    ] as const)
      await expect(ask(harbor, { filter: given })).rejects.toMatchObject({ field, code, kind: 'bad-input' })
  })
})
