import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Prisma, PrismaClient } from '@/prisma/generated/client'

export type Database = PrismaClient
/** A client inside a transaction: everything but opening another. */
export type Tx = Prisma.TransactionClient
export { Prisma }

interface Shared {
  client: PrismaClient
  pool: pg.Pool
}

let shared: Shared | undefined

/** The process's one client, opened on first use from `DATABASE_URL`. */
export function database(): Database {
  return opened().client
}

/**
 * One statement over the same connections without Prisma's engine in between, which costs four times what the driver does: for
 * what runs once every hundred records. `name` stands for this text alone: by it the server plans the statement once a
 * connection. Errors are the driver's own.
 */
export async function runStatement<Row extends pg.QueryResultRow>(
  name: string,
  { text, values }: Prisma.Sql,
): Promise<Row[]> {
  return (await opened().pool.query<Row>({ name, text, values })).rows
}

function opened(): Shared {
  if (shared) return shared
  const pool = new pg.Pool({ connectionString: databaseUrl(), max: 10 })
  // An idle connection that breaks is replaced; one in use tells whoever uses it.
  pool.on('error', () => {})
  shared = { pool, client: new PrismaClient({ adapter: new PrismaPg(pool) }) }
  return shared
}

/** A client of its own, for whoever closes it again. `connections` bounds its pool. */
export function openDatabase(url: string, connections = 10): Database {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: connections }) })
}

export async function closeDatabase(): Promise<void> {
  const open = shared
  shared = undefined
  await open?.client.$disconnect()
  await open?.pool.end()
}

function databaseUrl(): string {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is not set: start through npm, which starts the embedded PostgreSQL.')
  return url
}

/** Whether an error is a unique constraint refusing a second row (SQLSTATE 23505). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}

/** Whether an error says that a concurrent transaction won and this one may be tried again (40001, 40P01). */
export function isRetryable(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034'
}
