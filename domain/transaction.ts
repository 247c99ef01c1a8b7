import {
  type Database,
  database,
  isRetryable,
  isUniqueViolation,
  Prisma,
  runStatement,
  type Tx,
} from '@/gateways/database'

export type { Database, Tx }
export { isUniqueViolation, Prisma, runStatement }

const attempts = 5

/**
 * Runs a verb's change as one transaction and answers what it returns. Where a concurrent one won (serialization failure
 * or deadlock) the whole is tried again, so `work` must have no effect outside the database.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database().$transaction(work, { maxWait: 15_000, timeout: 60_000 })
    } catch (error) {
      if (attempt === attempts || !isRetryable(error)) throw error
    }
  }
}

/** For finders: reads need no transaction of their own yet, but have one place to come from. */
export function reader(): Tx {
  return database()
}
