import type { Handle } from '@/workers/handler'

export const handle: Handle<{ noticeId: string }> = async () => {
  throw new Error('publish-notice is not built yet')
}
