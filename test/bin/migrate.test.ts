import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { migrate, passesWalls } from '@/bin/migrate'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

async function ask(url: string, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

it('does nothing where nothing is new, also twice at once', async () => {
  const twice = [migrate(database.ownerUrl, database.url), migrate(database.ownerUrl, database.url)]
  expect(await Promise.all(twice)).toEqual([{ applied: [] }, { applied: [] }])
})

it('makes the queue again where it was lost, and takes back the right it needed', async () => {
  await ask(database.url, 'DROP SCHEMA bullmq CASCADE')
  await migrate(database.ownerUrl, database.url)
  expect(await ask(database.url, `SELECT count(*) > 0 AS there FROM pg_tables WHERE schemaname = 'bullmq'`)).toEqual([
    { there: true },
  ])
  await expect(ask(database.url, `CREATE SCHEMA "${randomUUID()}"`)).rejects.toThrow('permission denied for database')
})

it('refuses an application whose role may not use the tables, and says what to do', async () => {
  const stranger = new URL(database.url)
  stranger.username = 'pg_read_all_data'
  await expect(migrate(database.ownerUrl, stranger.href)).rejects.toThrow('GRANT homeward_app TO "pg_read_all_data"')
})

it('knows a role that row-level security does not bind', async () => {
  const roles = [database.url, database.ownerUrl, database.superuserUrl]
  expect(await Promise.all(roles.map(passesWalls))).toEqual([false, false, true])
})

it('says that the database cannot be reached', async () => {
  const nowhere = 'postgresql://nobody@127.0.0.1:9/none'
  await expect(migrate(nowhere, nowhere)).rejects.toThrow('The database cannot be reached')
})
