import { system } from '@/domain/actor'
import { clearErased } from '@/domain/retention/clear-erased'
import type { Handle } from '@/workers/handler'

/** Takes out of a bag what it brought of people who were erased before. */
export const handle: Handle<{ batchId: string }> = async (payload, services) => {
  const { again } = await clearErased(system('erasure'), services, payload, services.now())
  return again === null ? undefined : { again }
}
