import type { Handle } from '@/workers/handler'

export const handle: Handle<{ incidentId: string }> = async () => {
  throw new Error('run-maintenance is not built yet')
}
