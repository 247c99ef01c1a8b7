import { AsyncLocalStorage } from 'node:async_hooks'
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
  runTransaction,
  type Send,
  type Sight,
  type Tx,
} from '@/gateways/database'

export type { Database, Send, Tx }
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
  const around = aroundFor(by)
  if (around) return step(around, () => work(around))
  const client = database(sightOf(by))
  return tryAgain(() => client.$transaction(work, { maxWait: 15_000, timeout: 60_000 }))
}

/** The same in a few statements of our own that go straight to the server, for what hundreds of people do at the same moment. */
export function quickTransaction<T>(by: SeenBy, work: (send: Send) => Promise<T>): Promise<T> {
  return tryAgain(() => runTransaction(sightOf(by), work))
}

async function tryAgain<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (attempt === attempts || !isRetryable(error)) throw error
    }
  }
}

/** For finders: each statement is a transaction of its own that sees what `by` may see. */
export function reader(by: SeenBy): Tx {
  return aroundFor(by) ?? database(sightOf(by))
}

const whole = new AsyncLocalStorage<{ sight: Sight; tx: Tx }>()

/** The transaction that is open around what runs now, where it shows the same rows. */
function aroundFor(by: SeenBy): Tx | null {
  const open = whole.getStore()
  return open?.sight === sightOf(by) ? open.tx : null
}

/**
 * Runs several verbs, and what is written about them, as one transaction: all of it stands, or nothing. A verb inside that
 * fails takes its own change back, and the rest may go on. Tried again as a whole, as {@link transaction} is.
 */
export function oneTransaction<T>(by: SeenBy, work: (tx: Tx) => Promise<T>): Promise<T> {
  return transaction(by, tx => whole.run({ sight: sightOf(by), tx }, () => work(tx)))
}

/** What `work` has changed is taken back where it throws; the transaction around it goes on. */
export async function step<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.$executeRaw`SAVEPOINT step`
  try {
    const result = await work()
    await tx.$executeRaw`RELEASE SAVEPOINT step`
    return result
  } catch (error) {
    // Whoever lost against another transaction begins anew, with all of it.
    if (!isRetryable(error)) {
      await tx.$executeRaw`ROLLBACK TO SAVEPOINT step`
      // Rolling back leaves it standing, where it would hide that of the step around this one.
      await tx.$executeRaw`RELEASE SAVEPOINT step`
    }
    throw error
  }
}
