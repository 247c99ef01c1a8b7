import type { Handle } from '@/workers/handler'

export const handle: Handle<{ alarmId: string }> = async () => {
  throw new Error('send-alarm is not built yet')
}
