import { system } from '@/domain/actor'
import { expireDecision } from '@/domain/decision/expire-decision'
import type { Handle } from '@/workers/handler'

export const handle: Handle<{ decisionId: string }> = async ({ decisionId }, services) => {
  const again = await expireDecision(system('expire-decision'), { decisionId }, services.now())
  return again ? { again } : undefined
}
