import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyCarrier, poolWithin, queryWithin } from '@/gateways/scoped-query'
import { quoted, TenancyWorld } from '@/test/domain/tenancy/tenancy-world'

let world: TenancyWorld

beforeAll(async () => {
  world = await TenancyWorld.begin()
})
afterAll(() => world.end())

const setting = (value: string) => `SELECT set_config('homeward.carrier', '${value}', true)`

/** In a transaction of the application's role that is rolled back. */
async function within<T>(carrier: string | null, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = world.application
  await client.query('BEGIN')
  try {
    if (carrier !== null) await client.query(setting(carrier))
    return await work(client)
  } finally {
    await client.query('ROLLBACK')
  }
}

async function counted(client: pg.Client, table: string, condition = 'true'): Promise<number> {
  const { rows } = await client.query(`SELECT count(*)::int AS n FROM ${quoted(table)} WHERE ${condition}`)
  return rows[0].n
}

/** What the owner sees, who sees all. */
async function sums(): Promise<unknown[]> {
  const all = []
  for (const table of world.tables) {
    const text = `SELECT count(*)::int AS n, sum(hashtextextended(t::text, 0))::text AS sum FROM ${quoted(table)} t`
    all.push([table, (await world.owner.query(text)).rows[0]])
  }
  return all
}

describe('every table that names a carrier', () => {
  it('is walled, also for its owner', async () => {
    const { rows } = await world.owner.query(`
      SELECT c.table_name FROM information_schema.columns c
      JOIN information_schema.tables t USING (table_schema, table_name)
      JOIN pg_class k ON k.oid = format('%I.%I', c.table_schema, c.table_name)::regclass
      WHERE c.table_schema = 'public' AND c.column_name = 'carrier_id' AND t.table_type = 'BASE TABLE'
        AND NOT (k.relrowsecurity AND k.relforcerowsecurity
          AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = k.oid AND p.polname = 'own_carrier' AND p.polcmd = '*'))`)
    expect(rows).toEqual([])
    expect(world.tables.length).toBeGreaterThan(20)
  })

  it('has a row of both carriers here, so that what follows can fail', async () => {
    for (const table of world.tables)
      for (const id of [world.harbor, world.boreal])
        expect([table, await counted(world.owner, table, `carrier_id = '${id}'`)]).not.toEqual([table, 0])
  })

  it('shows no row without the setting, nor with an empty one', async () => {
    for (const carrier of [null, '']) {
      const seen = await within(carrier, async client => {
        const found = []
        for (const table of world.tables) if ((await counted(client, table)) > 0) found.push(table)
        return found
      })
      expect(seen).toEqual([])
    }
  })

  it('binds its owner too', async () => {
    const owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL })
    await owner.connect()
    const seen = []
    for (const table of world.tables) if ((await counted(owner, table)) > 0) seen.push(table)
    await owner.end()
    expect(seen).toEqual([])
  })

  it('shows a carrier its own rows and none of another’s', async () => {
    for (const table of world.tables) {
      const [own, others] = await within(world.harbor, async client => [
        await counted(client, table, `carrier_id = '${world.harbor}'`),
        await counted(client, table, `carrier_id IS NOT NULL AND carrier_id <> '${world.harbor}'`),
      ])
      expect([table, own! > 0, others]).toEqual([table, true, 0])
    }
  })

  it('shows everything to whoever sees every carrier', async () => {
    for (const table of world.tables) {
      const all = await within(everyCarrier, client => counted(client, table))
      expect([table, all]).toEqual([table, await counted(world.owner, table)])
    }
  })

  it('refuses a setting that is no carrier', async () => {
    await expect(within("x' OR true", client => counted(client, 'subscribers'))).rejects.toThrow()
    await expect(within('not-a-carrier', client => counted(client, 'subscribers'))).rejects.toThrow(
      'invalid input syntax',
    )
  })
})

/** What is said in public, or tells how the installation works: it names nobody whose data lies here. */
const openTables = [
  ...['_prisma_migrations', 'carriers', 'chain_root_mails', 'chain_roots', 'components', 'incident_components'],
  ...['incident_counts', 'incident_updates', 'incidents', 'postmortem_versions', 'promise_alarms', 'promises'],
  ...['provider_paces', 'purges', 'bag_leases', 'status_page', 'triage_counted', 'waves', 'worker_beats'],
]

describe('a table that tells of people without naming a carrier', () => {
  const others = () => world.all.filter(table => !world.tables.includes(table) && !openTables.includes(table))

  it('shows nothing without the setting', async () => {
    for (const table of others()) {
      for (const id of [world.harbor, world.boreal]) await world.row(table, id)
      expect([table, await counted(world.owner, table)]).not.toEqual([table, 0])
      for (const unset of [null, ''])
        expect([table, await within(unset, client => counted(client, table))]).toEqual([table, 0])
      expect([table, await within(everyCarrier, client => counted(client, table))]).not.toEqual([table, 0])
    }
    expect(others()).toEqual(
      expect.arrayContaining(['sign_in_sessions', 'sign_in_users', 'sign_in_tokens', 'subscriptions']),
    )
  })

  it('shows a carrier its people’s sessions and mailboxes, and none of another’s', async () => {
    const mailbox = String((await world.row('subscribers', world.harbor)).email)
    for (const [carrier, seen] of [
      [world.harbor, 1],
      [world.boreal, 0],
    ] as const) {
      const of = await within(carrier, async client => [
        await counted(client, 'sign_in_users', `email = '${mailbox}'`),
        await counted(
          client,
          'sign_in_sessions',
          `subscriber_id = '${(await world.row('subscribers', world.harbor)).id}'`,
        ),
        (await client.query(`DELETE FROM sign_in_sessions WHERE user_id IN (SELECT id FROM sign_in_users)`)).rowCount,
      ])
      expect(of).toEqual([seen, seen, 1])
    }
  })

  it('shows no view more than the tables it is made from', async () => {
    const { rows } = await world.owner.query(`
      SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')
        AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)`)
    expect(rows).toEqual([])
  })
})

describe('what a carrier cannot write', () => {
  /** Rows changed, or "refused" by the wall, by missing rights or by what only ever grows. */
  async function tried(table: string, text: string, values: unknown[] = []): Promise<number | 'refused'> {
    return within(world.harbor, async client => {
      try {
        return (await client.query(text, values)).rowCount ?? 0
      } catch (error) {
        if (!(error instanceof pg.DatabaseError)) throw error
        expect([table, error.code]).toEqual([table, expect.stringMatching(/^(42501|23001)$/)])
        return 'refused'
      }
    })
  }

  it('changes or removes no row of another', async () => {
    const before = await sums()
    for (const table of world.tables) {
      const others = `carrier_id = '${world.boreal}'`
      const changed = await tried(table, `UPDATE ${quoted(table)} SET carrier_id = carrier_id WHERE ${others}`)
      const removed = await tried(table, `DELETE FROM ${quoted(table)} WHERE ${others}`)
      expect([table, changed || 'none', removed || 'none']).toEqual([
        table,
        expect.stringMatching(/none|refused/),
        expect.stringMatching(/none|refused/),
      ])
    }
    expect(await sums()).toEqual(before)
  })

  it('writes no row in another’s name, nor gives its own away', async () => {
    for (const table of world.tables) {
      const copied = `INSERT INTO ${quoted(table)} SELECT * FROM json_populate_record(NULL::${quoted(table)}, $1)`
      const { rows } = await world.owner.query(
        `SELECT to_json(t) AS row FROM ${quoted(table)} t WHERE carrier_id = '${world.boreal}' LIMIT 1`,
      )
      expect([table, await tried(table, copied, [rows[0].row])]).toEqual([table, 'refused'])
      const given = `UPDATE ${quoted(table)} SET carrier_id = '${world.boreal}' WHERE carrier_id = '${world.harbor}'`
      expect([table, await tried(table, given)]).toEqual([table, 'refused'])
    }
  })
})

describe('one pool for all', () => {
  const names = 'SELECT DISTINCT carrier_id::text AS id FROM subscribers'
  let pool: pg.Pool

  beforeAll(() => {
    pool = new pg.Pool({ connectionString: world.url, max: 3 })
  })
  afterAll(() => pool.end())

  async function transactionOf(carrier: string, at: number): Promise<string[]> {
    const client = await poolWithin(pool, carrier).connect()
    try {
      await client.query({ text: 'BEGIN' })
      const { rows } = await client.query<{ id: string }>({ text: names })
      if (at % 5 === 0) await client.query({ text: 'SELECT 1 / 0' }).catch(() => {})
      await client.query({ text: at % 3 === 0 ? 'ROLLBACK' : 'COMMIT' })
      return rows.map(({ id }) => id)
    } finally {
      client.release()
    }
  }

  it('keeps 200 transactions and 200 statements of two carriers apart, with errors and rollbacks between', async () => {
    const work = Array.from({ length: 200 }, async (_, at) => {
      const carrier = at % 2 === 0 ? world.harbor : world.boreal
      const failing = at % 7 === 0 && queryWithin(pool, carrier, { text: 'SELECT 1 / 0' }).catch(error => error.code)
      const [inTransaction, alone, failed] = await Promise.all([
        transactionOf(carrier, at),
        queryWithin<{ id: string }>(pool, carrier, { text: names, name: at % 2 ? 'names' : '' }),
        failing,
      ])
      expect(inTransaction).toEqual([carrier])
      expect(alone.rows).toEqual([{ id: carrier }])
      if (failed !== false) expect(failed).toBe('22012')
    })
    await Promise.all(work)
    const clients = await Promise.all(Array.from({ length: 3 }, () => pool.connect()))
    for (const client of clients) {
      const { rows } = await client.query(
        `SELECT current_setting('homeward.carrier', true) AS kept, (${count}) AS seen`,
      )
      expect(rows).toEqual([{ kept: expect.toSatisfy(kept => kept === null || kept === ''), seen: 0 }])
      client.release()
    }
  })
  const count = 'SELECT count(*)::int FROM subscribers'

  it('answers rows, their number and their names as the driver does', async () => {
    const plain = { text: 'SELECT $1::int AS n, generate_series(1, 2) AS m', values: [7] }
    const ours = await queryWithin(pool, world.harbor, plain)
    const theirs = await pool.query(plain)
    expect(ours.rows).toEqual(theirs.rows)
    expect(ours.rowCount).toBe(2)
    expect(ours.fields.map(({ name }) => name)).toEqual(['n', 'm'])
  })

  it('takes no carrier that could end the statement', () => {
    expect(() => poolWithin(pool, "x'); DROP TABLE subscribers; --")).toThrow('Not a carrier')
  })
})
