import { helpBroadcast } from '@/domain/notification/send-broadcast'
import type { Handle } from '@/workers/handler'
import { broadcastOutside } from '@/workers/handlers/broadcast-outside'

/** One more turn at sending a broadcast, beside the others that do. */
export const handle: Handle<{ broadcastId: string }> = async ({ broadcastId }, services) => {
  const again = await helpBroadcast(broadcastOutside(services), broadcastId)
  return again === null ? undefined : { again }
}
