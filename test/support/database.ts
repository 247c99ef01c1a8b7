import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { APPLICATION, DATABASE, OWNER, roleUrl } from '@/bin/postgres-roles'
import type { TestCluster } from '@/test/support/test-cluster'

export interface TestDatabase {
  /** As portal and workers connect: a role that owns no table. */
  url: string
  /** As the role that owns the tables. */
  ownerUrl: string
  /** As PostgreSQL's own superuser, whom no policy binds. */
  superuserUrl: string
  drop(): Promise<void>
}

async function askForCluster(): Promise<TestCluster> {
  const desk = process.env.HOMEWARD_TEST_DESK
  if (!desk) throw new Error('freshDatabase() works in tests only: they are started by vitest.')
  const answer = await fetch(desk)
  if (!answer.ok) throw new Error(`The test database did not start: ${await answer.text()}`)
  return (await answer.json()) as TestCluster
}

async function runAsOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

/**
 * A new migrated database, empty of rows, for one test file. DATABASE_URL and DATABASE_OWNER_URL point to it from here on.
 * Drop it at the end; whoever is still connected is cut off. Of `template1`: one that no migration has seen.
 */
export async function freshDatabase(template: typeof DATABASE | 'template1' = DATABASE): Promise<TestDatabase> {
  const { port, passwords } = await askForCluster()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const maintenance = roleUrl(port, OWNER, passwords.owner, 'postgres')
  await runAsOwner(maintenance, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const url = roleUrl(port, APPLICATION, passwords.app, name)
  const ownerUrl = roleUrl(port, OWNER, passwords.owner, name)
  process.env.DATABASE_URL = url
  process.env.DATABASE_OWNER_URL = ownerUrl
  const superuserUrl = roleUrl(port, 'postgres', passwords.superuser, name)
  return { url, ownerUrl, superuserUrl, drop: () => drop(maintenance, name) }
}

/** "permission denied to terminate process": the owner may not end autovacuum, which is at work there for a moment. */
const isVacuumed = (error: unknown) => error instanceof pg.DatabaseError && error.code === '42501'
const tries = 200

async function drop(maintenance: string, name: string): Promise<void> {
  for (let left = tries; ; left--) {
    try {
      return await runAsOwner(maintenance, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    } catch (error) {
      if (left === 0 || !isVacuumed(error)) throw error
      await sleep(50)
    }
  }
}
