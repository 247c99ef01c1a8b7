import type { Handle } from '@/workers/handler'

export const handle: Handle<Record<string, never>> = async () => {
  throw new Error('publish-status is not built yet')
}
