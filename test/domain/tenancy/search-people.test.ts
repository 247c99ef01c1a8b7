import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { searchPeople } from '@/domain/restore/search-people'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { reader, transaction } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

let database: TestDatabase
const ids = new Map<string, string>()
let harbor: Actor
let boreal: Actor
let everywhere: Actor

const people = [
  ['harbor', 'HB-1', 'Élise Bouchard', 'elise@people.example'],
  ['harbor', 'HB-2', 'Ann Elison', 'ann@people.example'],
  ['harbor', 'HB-3', null, '100%_sure@people.example'],
  ['boreal', 'BM-1', 'Elise Tremblay', 'tremblay@people.example'],
  ['boreal', 'BM-2', 'ΆΝΝΑ Παππά', 'anna@people.example'],
] as const

beforeAll(async () => {
  database = await freshDatabase()
  const agent = (carrierId: string | null): Actor => ({
    role: 'support_agent',
    staffId: '00000000-0000-4000-8000-000000000001',
    carrierId,
    provedAt: null,
  })
  const carriers = new Map<string, string>()
  for (const slug of ['harbor', 'boreal'])
    carriers.set(slug, (await addCarrier(system('test'), { slug, name: slug })).id)
  for (const [slug, accountId, name, email] of people) {
    const data = { carrierId: carriers.get(slug)!, accountId, name, email }
    ids.set(accountId, (await transaction(system('test'), tx => tx.subscriber.create({ data }))).id)
  }
  harbor = agent(carriers.get('harbor')!)
  boreal = agent(carriers.get('boreal')!)
  everywhere = agent(null)
})
afterAll(async () => {
  await closeDatabase()
  await database.drop()
})

async function found(actor: Actor, text: string): Promise<string[]> {
  const known = new Map([...ids].map(([account, id]) => [id, account]))
  return (await searchPeople(actor, text)).map(id => known.get(id) ?? id)
}

describe('searching people', () => {
  it('finds parts of names, addresses and account ids, whatever their case and accents, the best first', async () => {
    expect(await found(everywhere, 'elis')).toEqual(['HB-1', 'BM-1', 'HB-2'].sort(byBeginning))
    expect(await found(everywhere, 'ÉLISE')).toEqual(await found(everywhere, 'elise'))
    expect(await found(everywhere, 'bouchard  eli')).toEqual(['HB-1'])
    expect(await found(everywhere, 'blay@people')).toEqual(['BM-1'])
    expect(await found(everywhere, 'bm-2')).toEqual(['BM-2'])
    expect(await found(everywhere, 'άννα')).toEqual(['BM-2'])
  })

  it('keeps to the carrier of whoever asks', async () => {
    expect((await found(harbor, 'elis')).toSorted()).toEqual(['HB-1', 'HB-2'])
    expect(await found(boreal, 'elis')).toEqual(['BM-1'])
    expect(await found(boreal, 'bouchard')).toEqual([])
  })

  it('takes signs of patterns as they are', async () => {
    expect(await found(harbor, '100%_sure')).toEqual(['HB-3'])
    expect(await found(harbor, '%%%')).toEqual([])
    expect(await found(harbor, '___')).toEqual([])
    expect(await found(harbor, '\\\\\\')).toEqual([])
    expect(await found(harbor, "'; DROP TABLE subscribers; --")).toEqual([])
  })

  it('finds nobody by less than three characters, by blanks or by nothing', async () => {
    for (const text of ['', 'el', '   ', 'a\0b', ' e '])
      expect([text, await found(everywhere, text)]).toEqual([text, []])
  })

  it('follows a change and a removal', async () => {
    const changing = { where: { id: ids.get('HB-2')! }, data: { name: 'Zoé Quintal' } }
    await transaction(system('test'), tx => tx.subscriber.update(changing))
    expect(await found(harbor, 'zoe quin')).toEqual(['HB-2'])
    expect(await found(harbor, 'elison')).toEqual([])
    await transaction(system('test'), tx => tx.subscriber.delete({ where: { id: ids.get('HB-3')! } }))
    expect(await found(harbor, 'sure')).toEqual([])
  })

  it('has nothing for whoever may not read the queue', async () => {
    const subscriber: Actor = {
      role: 'subscriber',
      subscriberId: ids.get('HB-1')!,
      carrierId: (harbor as { carrierId: string }).carrierId,
      provedAt: null,
    }
    await expect(searchPeople(subscriber, 'elise')).rejects.toThrow()
  })
})

describe('the words', () => {
  it('cannot be read by the application', async () => {
    await expect(reader(everywhere).$queryRaw`SELECT count(*) FROM search.people`).rejects.toThrow('permission denied')
  })

  it('are found of no carrier that the transaction does not see, whatever is asked', async () => {
    const client = new pg.Client({ connectionString: database.url })
    await client.connect()
    const ask = (whose: string | null) =>
      client.query('SELECT subscriber_id FROM search_people($1, $2, 100)', ['elise', whose])
    const seeing = async (carrier: string, whose: string | null) => {
      await client.query('BEGIN')
      await client.query("SELECT set_config('homeward.carrier', $1, true)", [carrier])
      const { rowCount } = await ask(whose)
      await client.query('ROLLBACK')
      return rowCount
    }
    const [ours, theirs] = [harbor, boreal].map(actor => (actor as { carrierId: string }).carrierId)
    expect((await ask(null)).rowCount).toBe(0)
    expect(await seeing(ours!, theirs!)).toBe(0)
    expect(await seeing(ours!, null)).toBe(1)
    expect(await seeing('*', null)).toBe(2)
    await client.end()
  })
})

/** Who is called so comes before whoever has it within. */
function byBeginning(one: string, other: string): number {
  return Number(one === 'HB-2') - Number(other === 'HB-2') || ids.get(one)!.localeCompare(ids.get(other)!)
}
