import { type ClaimLimits, claimTasks, unclaimTasks } from '@/domain/task/claim-tasks'
import type { WorkQueue } from '@/domain/task/work-queue'

/**
 * How much may be in the queue for so many slots. A quarter of the slots to a lane while others have work, three quarters
 * to the only one: a slow device server never holds all of them.
 */
const limitsFor = (slots: number): ClaimLimits => ({
  total: 4 * slots,
  perLane: Math.max(1, Math.floor(slots / 4)),
  aloneLane: Math.max(1, Math.floor((slots * 3) / 4)),
})

/** Moves due tasks into the queue, as many as it may hold. Where the queue does not take them, they wait on. */
export async function dispatch(queue: WorkQueue, slots: number): Promise<void> {
  const claimed = await claimTasks(limitsFor(slots))
  if (claimed.length === 0) return
  try {
    await queue.add(claimed)
  } catch (error) {
    await unclaimTasks(claimed)
    throw error
  }
}
