import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { everyCarrier, poolWithin, queryWithin, type Sight } from '@/gateways/scoped-query'
import { statementNames } from '@/gateways/statement-names'
import { Prisma, PrismaClient } from '@/prisma/generated/client'

export type Database = PrismaClient
/** A client inside a transaction: everything but opening another. */
export type Tx = Prisma.TransactionClient
export { everyCarrier, Prisma, type Sight }

interface Shared {
  /** One for each carrier met so far: a client sees the same rows as long as it lives, so none can borrow another's sight. */
  clients: Map<Sight, PrismaClient>
  pool: pg.Pool
  /** One for all clients: they share the connections, on which a name stands for one text. */
  statementNameGenerator: ReturnType<typeof statementNames>
}

let shared: Shared | undefined

/**
 * The process's client for whoever may see these rows, opened on first use from `DATABASE_URL`. All share one pool, whose
 * connections see no carrier's rows by themselves (docs/decisions/0025-row-level-security.md).
 */
export function database(sight: Sight = everyCarrier): Database {
  const { clients, pool, statementNameGenerator } = opened()
  const known = clients.get(sight)
  if (known) return known
  const client = new PrismaClient({ adapter: new PrismaPg(poolWithin(pool, sight), { statementNameGenerator }) })
  clients.set(sight, client)
  return client
}

/**
 * One statement over the same connections without Prisma's engine in between, which costs four times what the driver does: for
 * what runs once every hundred records, by the system. `name` stands for this text alone: by it the server plans the statement once a
 * connection. Errors are the driver's own.
 */
export async function runStatement<Row extends pg.QueryResultRow>(
  name: string,
  { text, values }: Prisma.Sql,
): Promise<Row[]> {
  return (await queryWithin<Row>(opened().pool, everyCarrier, { name, text, values })).rows
}

/** Sends one statement and answers its rows. */
export type Send = <Row extends pg.QueryResultRow>({ text, values }: Prisma.Sql) => Promise<Row[]>

/**
 * A transaction whose few statements go out as the driver sends them, for what hundreds of people do at the same moment: Prisma's
 * engine would take longer than the server. Every text is planned once a connection, so there must be few. Errors are the driver's own.
 */
export async function runTransaction<T>(sight: Sight, work: (send: Send) => Promise<T>): Promise<T> {
  const { pool, statementNameGenerator } = opened()
  const client = await poolWithin(pool, sight).connect()
  let broken: Error | undefined
  try {
    await client.query({ text: 'BEGIN' })
    const done = await work(async ({ text, values }) => {
      const name = statementNameGenerator({ sql: text }, true)
      return (await client.query({ name, text, values })).rows
    })
    await client.query({ text: 'COMMIT' })
    return done
  } catch (error) {
    await client.query({ text: 'ROLLBACK' }).catch((cause: Error) => {
      broken = cause
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function opened(): Shared {
  if (shared) return shared
  const pool = new pg.Pool({ connectionString: databaseUrl(), max: 10 })
  // An idle connection that breaks is replaced; one in use tells whoever uses it.
  pool.on('error', () => {})
  // Every client listens as well, however many carriers there are.
  pool.setMaxListeners(0)
  shared = { pool, clients: new Map(), statementNameGenerator: statementNames() }
  return shared
}

export async function closeDatabase(): Promise<void> {
  const open = shared
  shared = undefined
  for (const client of open?.clients.values() ?? []) await client.$disconnect()
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

/** Whether an error says that a statement ran for longer than it may, or was called off (57014). */
export const isCutShort = (error: unknown): boolean => ownStateOf(error) === '57014'

/** Whether an error says that a concurrent transaction won and this one may be tried again (40001, 40P01). */
export function isRetryable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return retryable.has(error.code)
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  if (error.code === 'P2034') return true
  // A statement of our own, as every lock is one, tells it another way.
  return retryable.has(ownStateOf(error))
}

/** The SQLSTATE of a statement of our own that failed. */
function ownStateOf(error: unknown): unknown {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2010') return undefined
  const { cause } = (error.meta?.driverAdapterError ?? {}) as { cause?: { originalCode?: unknown } }
  return cause?.originalCode
}

const retryable = new Set<unknown>(['40001', '40P01'])
