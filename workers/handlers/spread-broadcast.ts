import type { Handle } from '@/workers/handler'

export const handle: Handle<{ broadcastId: string }> = async () => {
  throw new Error('spread-broadcast is not built yet')
}
