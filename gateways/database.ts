import { PrismaPg } from '@prisma/adapter-pg'
import { Prisma, PrismaClient } from '@/prisma/generated/client'

export type Database = PrismaClient
/** A client inside a transaction: everything but opening another. */
export type Tx = Prisma.TransactionClient
export { Prisma }

let shared: PrismaClient | undefined

/** The process's one client, opened on first use from `DATABASE_URL`. */
export function database(): Database {
  shared ??= openDatabase(databaseUrl())
  return shared
}

/** A client of its own, for whoever closes it again. `connections` bounds its pool. */
export function openDatabase(url: string, connections = 10): Database {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: connections }) })
}

export async function closeDatabase(): Promise<void> {
  const open = shared
  shared = undefined
  await open?.$disconnect()
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
