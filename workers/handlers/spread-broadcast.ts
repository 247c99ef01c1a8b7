import { spreadBroadcast } from '@/domain/notification/spread-broadcast'
import type { Handle } from '@/workers/handler'

/** Writes who a broadcast goes to, page by page. */
export const handle: Handle<{ broadcastId: string }> = async ({ broadcastId }, services) => {
  const how = await spreadBroadcast(services, broadcastId)
  return how === 'again' ? { again: services.now() } : undefined
}
