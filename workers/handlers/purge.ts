import { system } from '@/domain/actor'
import { purge } from '@/domain/retention/purge'
import type { Handle } from '@/workers/handler'

/** Throws away what has been kept long enough, where the day has not had its purge yet. */
export const handle: Handle<Record<string, never>> = async (_, services) => {
  await purge(system('purge'), services, services.now())
  return services.signal.aborted ? { again: services.now() } : undefined
}
