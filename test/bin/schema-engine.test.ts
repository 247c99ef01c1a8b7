import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { projectRoot } from '@/bin/project-root'
import { freshDatabase, type TestDatabase } from '@/test/support/database'
import { removeFolder, temporaryFolder } from '@/test/support/temporary'

const folder = temporaryFolder('schema-engine')
let database: TestDatabase

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 })

const model = (name: string) => `model ${name} {\n  id Int @id\n  code String @db.Char(3)\n}\n`
const header =
  'generator client {\n  provider = "prisma-client"\n  output = "./generated"\n}\ndatasource db {\n  provider = "postgresql"\n}\n'
const writeSchema = (...names: string[]) =>
  writeFileSync(path.join(folder, 'prisma/schema.prisma'), header + names.map(model).join('\n'))

function writeMigration(name: string, script: string): void {
  const place = path.join(folder, 'prisma/migrations', name)
  mkdirSync(place, { recursive: true })
  writeFileSync(path.join(place, 'migration.sql'), script)
}

function prisma(...args: string[]): { ok: boolean; said: string } {
  const cli = path.join(projectRoot, 'node_modules/prisma/build/index.js')
  const env = { ...process.env, DATABASE_URL: database.ownerUrl, DATABASE_OWNER_URL: database.ownerUrl, CI: '' }
  const done = spawnSync(process.execPath, [cli, ...args], { cwd: folder, env, encoding: 'utf8' })
  return { ok: done.status === 0, said: done.stdout + done.stderr }
}

async function ask(query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  database = await freshDatabase()
  await ask('DROP TABLE _prisma_migrations')
  await ask('CREATE SCHEMA engine')
  database.ownerUrl += '?schema=engine'
  mkdirSync(path.join(folder, 'prisma'))
  cpSync(path.join(projectRoot, 'prisma.config.ts'), path.join(folder, 'prisma.config.ts'))
  for (const name of ['node_modules', 'bin', 'package.json']) {
    symlinkSync(path.join(projectRoot, name), path.join(folder, name))
  }
})
afterAll(async () => {
  await database.drop()
  removeFolder(folder)
})

it('makes a migration from a changed schema, after it has applied those that wait', async () => {
  writeSchema('First')
  expect(prisma('migrate', 'dev', '--name', 'first').said).toContain('in sync with your schema')
  const body = 'begin perform 1; return 2; end'
  writeMigration('30000000000000_by_hand', `CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ ${body} $$;`)
  writeSchema('First', 'Second')
  expect(prisma('migrate', 'dev', '--name', 'second').said).toContain('in sync with your schema')
  expect(
    readdirSync(path.join(folder, 'prisma/migrations')).filter(name => /_/.test(name) && !/lock/.test(name)),
  ).toHaveLength(3)
  const made = readdirSync(path.join(folder, 'prisma/migrations')).find(name => name.endsWith('_second'))!
  expect(readFileSync(path.join(folder, 'prisma/migrations', made, 'migration.sql'), 'utf8')).toContain('"Second"')
  expect(await ask(`SELECT engine.two() AS n, to_regclass('engine."Second"') IS NOT NULL AS there`)).toEqual([
    { n: 2, there: true },
  ])
})

it('leaves no shadow database behind', async () => {
  expect(await ask(`SELECT datname FROM pg_database WHERE datname LIKE 'shadow%'`)).toEqual([])
})

it('says which migration failed, and goes on once it is repaired', async () => {
  writeMigration('40000000000000_broken', 'SELECT broken')
  const failed = prisma('migrate', 'deploy')
  expect(failed.ok).toBe(false)
  expect(failed.said).toContain('broken')
  expect(prisma('migrate', 'resolve', '--rolled-back', '40000000000000_broken').ok).toBe(true)
  writeMigration('40000000000000_broken', 'SELECT 1')
  expect(prisma('migrate', 'deploy').ok).toBe(true)
})

it('tells the difference between schema and database', () => {
  writeSchema('First', 'Second', 'Third')
  const difference = prisma(
    'migrate',
    'diff',
    '--from-migrations',
    'prisma/migrations',
    '--to-schema',
    'prisma/schema.prisma',
    '--script',
  )
  expect(difference.said).toContain('CREATE TABLE "Third"')
  expect(difference.said).not.toContain('CREATE TABLE "First"')
})

it('reports a server that is not there', () => {
  const kept = database.ownerUrl
  database.ownerUrl = 'postgresql://nobody@127.0.0.1:9/none'
  const { ok, said } = prisma('migrate', 'deploy')
  database.ownerUrl = kept
  expect(ok).toBe(false)
  expect(said).toContain('ECONNREFUSED')
})
