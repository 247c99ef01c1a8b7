import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { declineStep } from '@/domain/restore/decline-step'
import { type DeclineInput, declineInput } from '@/domain/restore/restore-inputs'
import { transaction } from '@/domain/transaction'

/** Declines a filed request with a reason that the subscriber reads. "other" must be explained in the note. */
export async function declineRequest(actor: Actor, input: DeclineInput): Promise<void> {
  const asked = parseInput(declineInput, input)
  if (asked.reason === 'other' && asked.note === '')
    throw badInput('note', 'note-missing', 'Say why, for the subscriber to read.')
  await transaction(actor, tx => declineStep(tx, actor, asked))
}
