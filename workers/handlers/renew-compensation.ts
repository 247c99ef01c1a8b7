import { system } from '@/domain/actor'
import { renewDecisions } from '@/domain/compensation/renew-decisions'
import type { Handle } from '@/workers/handler'

/** Decides anew what carriers grant, by what has become known since. */
export const handle: Handle<Record<string, never>> = async (_, { now }) => {
  await renewDecisions(system('renew-compensation'), now())
  return undefined
}
