import { sendBroadcast } from '@/domain/notification/send-broadcast'
import type { Handle } from '@/workers/handler'
import { broadcastOutside } from '@/workers/handlers/broadcast-outside'

/** One turn at sending a broadcast. */
export const handle: Handle<{ broadcastId: string }> = async ({ broadcastId }, services) => {
  const again = await sendBroadcast(broadcastOutside(services), broadcastId)
  return again === null ? undefined : { again }
}
