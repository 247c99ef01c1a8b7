import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { endSessions } from '@/domain/identity/session-row'
import { staffToChange } from '@/domain/identity/staff-to-change'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const endInput = z.object({ staffId: z.uuid() })

/**
 * Ends all sessions of somebody else who works here, as where their device was lost, and answers how many there were. Their passkeys still
 * sign in. Where none stood nothing happened, and nobody is told.
 */
export async function endStaffSessions(actor: Actor, input: z.input<typeof endInput>): Promise<{ ended: number }> {
  authorizeEver(actor, 'staff.change')
  requireFreshProof(actor)
  const { staffId } = parseInput(endInput, input)
  return transaction(actor, async tx => {
    const { carrierId } = await staffToChange(tx, actor, staffId)
    const ended = await endSessions(tx, { staffId, subscriberId: null })
    if (ended === 0) return { ended }
    const data = { sessions: ended }
    await recordEvent(tx, actor, { subject: `staff:${staffId}`, kind: 'staff.sessions-ended', carrierId, data })
    return { ended }
  })
}
