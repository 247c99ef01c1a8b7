import type { Actor } from '@/domain/actor'
import {
  type Database,
  database,
  everyCarrier,
  isCutShort,
  isRetryable,
  isUniqueViolation,
  Prisma,
  runStatement,
  type Sight,
  type Tx,
} from '@/gateways/database'

export type { Database, Tx }
export { isCutShort, isUniqueViolation, Prisma, runStatement }

/**
 * Whose rows the database lets a verb or finder see: its actor's carrier's, or every carrier's where it says so itself. This
 * stands behind the query's own condition (`scope`), never in place of it.
 */
export type SeenBy = Actor | 'every-carrier'

function sightOf(by: SeenBy): Sight {
  if (by === 'every-carrier' || by.role === 'system') return everyCarrier
  // Nobody in particular belongs to no carrier: no carrier has this id.
  if (by.role === 'anonymous') return '00000000-0000-0000-0000-000000000000'
  return by.carrierId ?? everyCarrier
}

const attempts = 5

/**
 * Runs a verb's change as one transaction and answers what it returns. Where a concurrent one won (serialization failure
 * or deadlock) the whole is tried again, so `work` must have no effect outside the database.
 */
export async function transaction<T>(by: SeenBy, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = database(sightOf(by))
  for (let attempt = 1; ; attempt++) {
    try {
      return await client.$transaction(work, { maxWait: 15_000, timeout: 60_000 })
    } catch (error) {
      if (attempt === attempts || !isRetryable(error)) throw error
    }
  }
}

/** For finders: each statement is a transaction of its own that sees what `by` may see. */
export function reader(by: SeenBy): Tx {
  return database(sightOf(by))
}
