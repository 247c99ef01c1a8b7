import { system } from '@/domain/actor'
import { countFigures } from '@/domain/triage/figures/count-figures'
import type { Handle } from '@/workers/handler'

/** Counts the hours that are new, and how much waits now. */
export const handle: Handle<Record<string, never>> = async (_, services) => {
  await countFigures(system('count-figures'), services.now())
  return undefined
}
