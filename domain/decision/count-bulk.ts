import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { bulkFilter, foundBy } from '@/domain/decision/bulk-filter'
import { personOf } from '@/domain/decision/move-decision'
import { takesTwo } from '@/domain/decision/takes-two'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { reader } from '@/domain/transaction'

export interface BulkCount {
  count: number
  /** Frozen: what is filed from here on is not counted and will not be approved with it. */
  filedUntil: Date
  /** Another person has to agree. */
  takesTwo: boolean
}

/** How many filed requests a filter finds now, and whether one person may approve them alone. */
export async function countBulk(actor: Actor, input: z.input<typeof bulkFilter>, now = new Date()): Promise<BulkCount> {
  const filter = parseInput(bulkFilter, input)
  authorize(actor, 'bulk.approve', { carrierId: filter.carrierId, subscriberId: null }, 'carrier')
  const db = reader(actor)
  if (filter.carrierId !== null && (await db.carrier.count({ where: { id: filter.carrierId } })) === 0)
    throw notFound('carrier')
  const count = await db.restoreRequest.count({ where: foundBy({ ...filter, filedUntil: now }) })
  return { count, filedUntil: now, takesTwo: await takesTwo(db, personOf(actor), count, now) }
}
