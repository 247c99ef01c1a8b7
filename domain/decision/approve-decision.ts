import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { openCrossing } from '@/domain/crossing/open-crossing'
import { moveDecision, personOf, type SupportDecision, takeDecision } from '@/domain/decision/move-decision'
import { wrongState } from '@/domain/errors'
import { refuseHeld } from '@/domain/identity/holds'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { parseInput } from '@/domain/parse-input'
import { type PolicyVerb, requireFreshProof } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import { verbOf } from '@/domain/triage/mass/mass-what'

const approveInput = z.object({ decisionId: z.uuid(), note: z.string().trim().max(500).default('') })

/** Agrees to what another person has asked for, who they are proved within five minutes; it happens with it. */
export async function approveDecision(
  actor: Actor,
  input: z.input<typeof approveInput>,
  now = new Date(),
): Promise<void> {
  const { decisionId, note } = parseInput(approveInput, input)
  await transaction(actor, async tx => {
    const decision = await takeDecision(tx, actor, 'decision.decide', decisionId)
    personOf(actor)
    requireFreshProof(actor, now)
    const { askedBy, carrierId } = decision
    if ((await wordsLapsed(tx, [askedBy], await askersVerb(tx, decision), carrierId)).size > 0)
      throw wrongState('decision-asker-gone', 'Whoever asked has no right to it any more.')
    await moveDecision(tx, actor, decision, 'approve', { note: note || null, now })
    await effects[decision.kind](tx, decision, now, actor)
  })
}

/** Which right whoever asked must still have. */
async function askersVerb(tx: Tx, { massActId }: SupportDecision): Promise<PolicyVerb> {
  if (massActId === null) return 'decision.ask'
  return verbOf((await tx.massAct.findUniqueOrThrow({ where: { id: massActId } })).kind)
}

/** What is agreed to. Refuses, and with it the approval, where what it is about has changed since it was asked for. */
type Effect = (tx: Tx, decision: SupportDecision, now: Date, actor: Actor) => Promise<void>
const effects: Record<SupportDecision['kind'], Effect> = {
  async overwrite(tx, { requestId }, now) {
    const request = await tx.restoreRequest.findUniqueOrThrow({
      where: { id: requestId! },
      include: { account: true },
    })
    await refuseHeld(tx, request.subscriberId, now, request.account)
    const { count } = await tx.restoreRequest.updateMany({
      where: { id: request.id, status: 'filed' },
      data: { rule: 'overwrite', version: { increment: 1 } },
    })
    if (count === 0) throw wrongState('decision-moot', 'The request does not wait for a decision any more.')
  },
  async mass_act(tx, { massActId }) {
    const { count } = await tx.massAct.updateMany({
      where: { id: massActId!, status: 'asked' },
      data: { status: 'running' },
    })
    if (count === 0) throw wrongState('decision-moot', 'This act on many has ended already.')
  },
  async cross_account(tx, { crossing }, now, actor) {
    await openCrossing(tx, actor, crossing!, now)
  },
}
