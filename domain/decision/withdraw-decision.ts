import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { moveDecision, personOf, takeDecision } from '@/domain/decision/move-decision'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

const withdrawInput = z.object({ decisionId: z.uuid() })

/** Takes back what one has asked for oneself, while nobody has decided on it. */
export async function withdrawDecision(
  actor: Actor,
  input: z.input<typeof withdrawInput>,
  now = new Date(),
): Promise<void> {
  const { decisionId } = parseInput(withdrawInput, input)
  await transaction(actor, async tx => {
    const decision = await takeDecision(tx, actor, 'decision.ask', decisionId)
    personOf(actor)
    await moveDecision(tx, actor, decision, 'withdraw', { now })
  })
}
