import type { Handle } from '@/workers/handler'

export const handle: Handle<{ broadcastId: string }> = async () => {
  throw new Error('send-broadcast is not built yet')
}
