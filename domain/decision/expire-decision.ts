import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { lockDecision, moveDecision } from '@/domain/decision/move-decision'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const expireInput = z.object({ decisionId: z.uuid() })

/**
 * Writes down that nobody decided in time. Answers when to look again where its time is not over yet, or null where there is
 * nothing to wait for: decided, taken back, run out.
 */
export async function expireDecision(
  actor: Actor,
  input: z.input<typeof expireInput>,
  now = new Date(),
): Promise<Date | null> {
  const { decisionId } = parseInput(expireInput, input)
  authorizeEver(actor, 'decision.expire')
  return transaction(actor, async tx => {
    const decision = await lockDecision(tx, decisionId)
    if (decision?.status !== 'open') return null
    if (decision.expiresAt > now) return decision.expiresAt
    await moveDecision(tx, actor, decision, 'expire', { now })
    return null
  })
}
