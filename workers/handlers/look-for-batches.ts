import { system } from '@/domain/actor'
import { lookForBatches } from '@/domain/recovery/look-for-batches'
import type { Handle } from '@/workers/handler'

/** Finds batches that arrived in backup storage; each gets an intake of its own. */
export const handle: Handle<Record<string, never>> = async (_, services) => {
  const found = await lookForBatches(system('worker'), services)
  if (found.length > 0) services.log.info({ count: found.length }, 'New batches were found')
  return undefined
}
