import { system } from '@/domain/actor'
import { eraseSubscriber } from '@/domain/retention/erase-subscriber'
import type { Handle } from '@/workers/handler'

/** Erases a subscriber once it is due; what is in the way is looked at again. */
export const handle: Handle<{ erasureId: string }> = async (payload, services) => {
  const { again } = await eraseSubscriber(system('erasure'), services, payload, services.now())
  return again === null ? undefined : { again }
}
