import type { Handle } from '@/workers/handler'

export const handle: Handle<{ promiseId: string }> = async () => {
  throw new Error('watch-promise is not built yet')
}
