import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { reader, transaction } from '@/domain/transaction'
import { type FoundBy, mostFound, searchTickets } from '@/domain/triage/search-tickets'
import { type Agent, QueueWorld } from '@/test/domain/triage/queue-world'

const everyone = 'every-carrier'
let world: QueueWorld
beforeAll(async () => {
  world = await QueueWorld.begin(120, 4)
  const { harbor, boreal } = world.agents
  await ticket(harbor, 'harbor', 'HB-ZOE', 'Zoé Quintal', 'zoe@people.example', '+1 206 555 0188', 'HW-2K7Q-F3AA')
  await ticket(boreal, 'boreal', 'BM-ZOE', 'Zoe Tremblay', 'tremblay@people.example', '206 555 0199', 'HW-2K7Q-F3AC')
}, 120_000)
afterAll(() => world?.end())

const ids = new Map<string, string>()

async function ticket(
  { carrierId }: Agent,
  slug: string,
  accountId: string,
  name: string,
  email: string,
  phone: string,
  reference: string,
) {
  const { secrets } = world.outside
  const person = await addSubscriber(system('test'), secrets, { carrierSlug: slug, accountId, name, email, phone })
  const data = { carrierId: carrierId!, subscriberId: person.id, kind: 'other', reference, subject: 'x' } as const
  const { id } = await transaction(everyone, tx => tx.ticket.create({ data: { ...data, waitsSince: new Date() } }))
  ids.set(accountId, id)
}

async function say(accountId: string, text: string): Promise<string> {
  const ticketId = ids.get(accountId)!
  const { carrierId, subscriberId } = await reader(everyone).ticket.findUniqueOrThrow({ where: { id: ticketId } })
  const data = { ticketId, carrierId, subscriberId, kind: 'note', text, language: 'en' } as const
  return (await transaction(everyone, tx => tx.ticketEntry.create({ data }))).id
}

async function found(actor: Actor, text: string): Promise<[string, FoundBy][]> {
  const known = new Map([...ids].map(([account, id]) => [id, account]))
  const { tickets } = await searchTickets(actor, world.outside, text)
  return tickets.map(({ id, by }) => [known.get(id) ?? id, by])
}

const byNumber = (a: { number: string }, b: { number: string }): number => Number(b.number) - Number(a.number)

describe('searching tickets', () => {
  it('finds a reference, a number, an address and an account id as people type them, before anything else', async () => {
    const { harbor, everywhere } = world.agents
    for (const typed of ['HW-2K7Q-F3AA', 'hw 2k7q f3aa', '2k7qf3aa'])
      expect((await found(harbor, typed))[0]).toEqual(['HB-ZOE', 'reference'])
    for (const typed of ['+1 206 555 0188', '(206) 555-0188', '206.555.0188'])
      expect((await found(harbor, typed))[0]).toEqual(['HB-ZOE', 'phone'])
    expect((await found(everywhere, '+1 (206) 555-0199'))[0]).toEqual(['BM-ZOE', 'phone'])
    expect((await found(harbor, 'Zoe@People.example'))[0]).toEqual(['HB-ZOE', 'mail'])
    expect((await found(harbor, 'HB-ZOE'))[0]).toEqual(['HB-ZOE', 'account'])
    await say('BM-ZOE', 'They call from +1 206 555 0188 now, says HB-ZOE.')
    expect(await found(everywhere, 'HB-ZOE')).toEqual([
      ['HB-ZOE', 'account'],
      ['BM-ZOE', 'conversation'],
    ])
  })

  it('finds parts of names and words of a conversation, and each ticket once', async () => {
    const { harbor, everywhere } = world.agents
    expect((await found(everywhere, 'zoe')).toSorted()).toEqual([
      ['BM-ZOE', 'person'],
      ['HB-ZOE', 'person'],
    ])
    expect(await found(harbor, 'zoe')).toEqual([['HB-ZOE', 'person']])
    await say('HB-ZOE', 'Le téléphone montre un ornithorynque, dit Zoé.')
    expect(await found(harbor, 'ORNITHO')).toEqual([['HB-ZOE', 'conversation']])
    expect(await found(harbor, 'telephone ornithorynque')).toEqual([['HB-ZOE', 'conversation']])
    expect(await found(harbor, 'ornithorynque absent')).toEqual([])
  })

  it('finds people by how a name or an address begins, and by its inside where nothing begins so', async () => {
    const { harbor } = world.agents
    for (const asked of ['zoe@people.example', 'ZOE@PEOPLE', 'zoe@']) expect(await found(harbor, asked)).toHaveLength(1)
    for (const inside of ['intal', 'intal oé'])
      expect(await found(harbor, inside)).toEqual(await found(harbor, 'quintal'))
    expect(await found(harbor, 'intal nobody')).toEqual([])
    expect(await found(harbor, 'quintal')).not.toEqual([])
    for (const odd of ["zoe'", 'zoe\\', "zo':*", 'zoe & bo', '!zoe']) expect(await found(harbor, odd)).toEqual([])
  })

  it('finds whoever has a word that is longer than an index takes', async () => {
    const { everywhere, boreal } = world.agents
    const long = `Wolfe${'ö'.repeat(3_000)}`
    const { id } = await reader(everyone).subscriber.findFirstOrThrow({ where: { accountId: 'BM-ZOE' } })
    await transaction(everyone, tx => tx.subscriber.update({ where: { id }, data: { name: `Zoé ${long}` } }))
    expect(await found(everywhere, 'wolfeöö')).toEqual([['BM-ZOE', 'person']])
    expect((await found(boreal, long)).map(([account]) => account)).toEqual(['BM-ZOE'])
  })

  it('finds what was said long ago, the newest first, to whichever carrier', async () => {
    const { harbor, boreal, everywhere } = world.agents
    const { owner } = world
    await owner.query("SELECT set_config('homeward.carrier', '*', false)")
    // As if millions had been said in between: of every 23rd entry each is in a slice of its own.
    await owner.query(
      `UPDATE search.entries e SET number = n.number, at = timestamptz '2009-10-01' + n.number * interval '1 s'
       FROM (SELECT entry_id, row_number() OVER (ORDER BY entry_id) * 5699 AS number FROM search.entries) n WHERE n.entry_id = e.entry_id`,
    )
    const { rows } = await owner.query<{ id: string; carrierId: string; number: string }>(
      `UPDATE search.entries SET words = words || ' zanzibar' WHERE entry_id IN (
         SELECT DISTINCT ON (ticket_id) entry_id FROM search.entries WHERE number % (23 * 5699) = 0 ORDER BY ticket_id, number
       ) RETURNING ticket_id AS id, carrier_id AS "carrierId", number`,
    )
    const newestFirst = (carrierId: string | null) =>
      rows
        .filter(row => carrierId === null || row.carrierId === carrierId)
        .toSorted(byNumber)
        .map(({ id }) => id)
    for (const actor of [harbor, boreal, everywhere]) {
      const expected = newestFirst(actor.carrierId)
      expect(expected.length).toBeGreaterThan(10)
      const { tickets } = await searchTickets(actor, world.outside, 'zanzibar')
      expect(tickets.map(({ id }) => id)).toEqual(expected.slice(0, mostFound))
    }
  })

  it('forgets what was taken out of a conversation', async () => {
    const { harbor } = world.agents
    const id = await say('HB-ZOE', 'Secret word: quokka.')
    expect(await found(harbor, 'quokka')).toEqual([['HB-ZOE', 'conversation']])
    const gone = { text: '', removedAt: new Date(), removedBy: randomUUID(), removedReason: 'personal' }
    await transaction(everyone, tx => tx.ticketEntry.update({ where: { id }, data: gone }))
    expect(await found(harbor, 'quokka')).toEqual([])
  })

  it('keeps to the carrier of whoever asks', async () => {
    const { boreal } = world.agents
    await say('HB-ZOE', 'A pangolin in the garden.')
    for (const asked of ['HW-2K7Q-F3AA', '+1 206 555 0188', 'zoe@people.example', 'HB-ZOE', 'quintal', 'pangolin'])
      expect((await found(boreal, asked)).filter(([id]) => id === 'HB-ZOE')).toEqual([])
    expect(await found(boreal, 'pangolin')).toEqual([])
  })

  it('answers the first of what is in everything, and says so', async () => {
    for (const actor of [world.agents.harbor, world.agents.everywhere])
      for (const everywhere of ['outage', 'people.example']) {
        const { tickets, more, cut } = await searchTickets(actor, world.outside, everywhere)
        expect([tickets.length, more, cut]).toEqual([mostFound, true, false])
        expect(new Set(tickets.map(({ id }) => id)).size).toBe(mostFound)
      }
  })

  it('takes signs of patterns as they are, and finds nothing by less than three characters', async () => {
    const { everywhere } = world.agents
    for (const odd of ['', 'ab', '  a ', '%%%', '___', '\\\\\\', "'; DROP TABLE tickets; --", 'a\0b', '%s %s', '$1$2'])
      expect([odd, await found(everywhere, odd)]).toEqual([odd, []])
    await say('HB-ZOE', 'It is 100%_sure, c:\\temp.')
    for (const odd of ['100%_sure', 'c:\\temp'])
      expect(await found(everywhere, odd)).toEqual([['HB-ZOE', 'conversation']])
  })

  it('lies where the application may not read it', async () => {
    const all = reader(everyone)
    await expect(all.$queryRaw`SELECT count(*) FROM search.entries`).rejects.toThrow('permission denied')
    const seen = await world.owner.query("SELECT set_config('homeward.carrier', '', false)")
    expect(seen.rowCount).toBe(1)
    expect((await world.owner.query("SELECT * FROM search_entries('outage', NULL, 10)")).rows).toEqual([])
    const { harbor, boreal } = world.agents
    await world.owner.query("SELECT set_config('homeward.carrier', $1, false)", [harbor.carrierId])
    const asking = (whose: string | null) =>
      world.owner.query("SELECT * FROM search_entries('outage', $1, 10)", [whose])
    expect((await asking(boreal.carrierId)).rows).toEqual([])
    expect((await asking(null)).rowCount).toBe(10)
    await world.owner.query("SELECT set_config('homeward.carrier', '*', false)")
  })
})
