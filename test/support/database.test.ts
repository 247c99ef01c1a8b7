import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

let first: TestDatabase
let second: TestDatabase

beforeAll(async () => {
  ;[first, second] = await Promise.all([freshDatabase(), freshDatabase()])
})
afterAll(async () => {
  await Promise.all([first.drop(), second.drop()])
})

async function ask(url: string, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

it('gives every caller a migrated database of its own', async () => {
  await ask(first.ownerUrl, `CREATE TABLE only_here (n int)`)
  const there = `SELECT to_regclass('only_here') IS NOT NULL AS here, to_regclass('carriers') IS NOT NULL AS migrated`
  expect(await ask(first.url, there)).toEqual([{ here: true, migrated: true }])
  expect(await ask(second.url, there)).toEqual([{ here: false, migrated: true }])
})

it('lets the application own nothing but its queue', async () => {
  const owned = `SELECT DISTINCT schemaname FROM pg_tables WHERE tableowner = current_user`
  expect(await ask(first.url, owned)).toEqual([{ schemaname: 'bullmq' }])
  await expect(ask(first.url, 'CREATE TABLE mine (n int)')).rejects.toThrow('permission denied for schema public')
  await expect(ask(first.url, 'CREATE SCHEMA mine')).rejects.toThrow('permission denied for database')
  await expect(ask(first.url, 'ALTER TABLE carriers DISABLE ROW LEVEL SECURITY')).rejects.toThrow('must be owner')
})
