import { system } from '@/domain/actor'
import { countIncidents } from '@/domain/incident/count-incident'
import type { Handle } from '@/workers/handler'

/** Counts anew; the page that is written every minute shows it. */
export const handle: Handle<Record<string, never>> = async (_, services) => {
  await countIncidents(system('count-incidents'), services.now())
  return undefined
}
