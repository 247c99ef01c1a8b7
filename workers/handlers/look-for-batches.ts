import { system } from '@/domain/actor'
import { lookForBatches } from '@/domain/recovery/look-for-batches'
import { settleExceptions } from '@/domain/recovery/settle-exceptions'
import type { Handle } from '@/workers/handler'

/**
 * Gives what earlier batches have for people who are known by now to them, and finds batches that arrived in backup storage;
 * each gets an intake of its own. The first needs no storage, so one that cannot be reached does not hold it up.
 */
export const handle: Handle<Record<string, never>> = async (_, services) => {
  const settled = await settleExceptions(system('worker'), { signal: services.signal })
  if (settled > 0) services.log.info({ count: settled }, 'Exceptions of batches were settled')
  const found = await lookForBatches(system('worker'), services)
  if (found.length > 0) services.log.info({ count: found.length }, 'New batches were found')
  return undefined
}
