import { system } from '@/domain/actor'
import { watchPromise } from '@/domain/incident/watch-promise'
import type { Handle } from '@/workers/handler'

export const handle: Handle<{ promiseId: string }> = async ({ promiseId }, services) => {
  const again = await watchPromise(system('watch-promise'), promiseId, services.now())
  return again ? { again } : undefined
}
