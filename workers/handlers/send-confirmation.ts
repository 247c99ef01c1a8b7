import type { Handle } from '@/workers/handler'

export const handle: Handle<{ subscriptionId: string }> = async () => {
  throw new Error('send-confirmation is not built yet')
}
