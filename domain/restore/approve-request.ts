import type { Actor } from '@/domain/actor'
import { parseInput } from '@/domain/parse-input'
import { approveStep } from '@/domain/restore/approve-step'
import { type ApproveInput, approveInput } from '@/domain/restore/restore-inputs'
import { transaction } from '@/domain/transaction'

/**
 * Approves a filed request: a run is made and a worker starts it. `version` refuses a decision on what has changed since.
 * To an account that was not known before the incident it takes two different people, the second once its wait is over;
 * after the first one `runId` is null.
 */
export async function approveRequest(
  actor: Actor,
  input: ApproveInput,
  now = new Date(),
): Promise<{ runId: string | null }> {
  const asked = parseInput(approveInput, input)
  return transaction(actor, tx => approveStep(tx, actor, asked, now))
}
