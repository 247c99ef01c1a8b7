import type { Handle } from '@/workers/handler'

export const handle: Handle<Record<string, never>> = async () => {
  throw new Error('count-incidents is not built yet')
}
