import { system } from '@/domain/actor'
import { expireCrossing } from '@/domain/crossing/expire-crossing'
import type { Handle } from '@/workers/handler'

export const handle: Handle<{ crossingId: string }> = async ({ crossingId }, services) => {
  const again = await expireCrossing(system('expire-crossing'), { crossingId }, services.now())
  return again ? { again } : undefined
}
