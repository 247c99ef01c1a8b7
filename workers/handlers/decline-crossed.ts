import { system } from '@/domain/actor'
import { declineCrossed } from '@/domain/crossing/decline-crossed'
import type { Handle } from '@/workers/handler'

export const handle: Handle<{ requestId: string }> = async ({ requestId }, services) => {
  await declineCrossed(system('decline-crossed'), { requestId }, services.now())
}
