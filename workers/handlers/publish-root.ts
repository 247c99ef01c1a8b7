import { system } from '@/domain/actor'
import { publishRoot } from '@/domain/evidence/publish-root'
import type { Handle } from '@/workers/handler'

/** Publishes the day's root over all event chains, where the day has none yet. */
export const handle: Handle<Record<string, never>> = async (_, { signer, publicUrl: installation, now }) => {
  await publishRoot(system('publish-root'), { signer, installation }, now())
  return undefined
}
