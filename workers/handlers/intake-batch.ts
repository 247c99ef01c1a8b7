import { system } from '@/domain/actor'
import { intakeBatch } from '@/domain/recovery/intake-batch'
import type { Handle } from '@/workers/handler'

/** Takes a batch in, or looks again later where it is still arriving. */
export const handle: Handle<{ batchId: string }> = async ({ batchId }, services) => {
  const result = await intakeBatch(system('worker'), batchId, services)
  services.log.info({ batchId, status: result.status }, 'A batch was looked at')
  return result.status === 'arriving' ? { again: result.again } : undefined
}
