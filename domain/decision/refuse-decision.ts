import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { moveDecision, personOf, takeDecision } from '@/domain/decision/move-decision'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

const refuseInput = z.object({ decisionId: z.uuid(), note: z.string().trim().max(500).default('') })

/** Says no to what another person has asked for: nothing changes, so that no proof is needed. */
export async function refuseDecision(
  actor: Actor,
  input: z.input<typeof refuseInput>,
  now = new Date(),
): Promise<void> {
  const { decisionId, note } = parseInput(refuseInput, input)
  await transaction(actor, async tx => {
    const decision = await takeDecision(tx, actor, 'decision.decide', decisionId)
    personOf(actor)
    await moveDecision(tx, actor, decision, 'refuse', { note: note || null, now })
  })
}
