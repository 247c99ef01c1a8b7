import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { giveUpPasskeys } from '@/domain/identity/give-up-passkeys'
import { staffToChange } from '@/domain/identity/staff-to-change'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const removeInput = z.object({ staffId: z.uuid() })

/** Somebody works here no more: their passkeys, invitations and sessions end in the same transaction. The row stays. */
export async function removeStaff(actor: Actor, input: z.input<typeof removeInput>): Promise<void> {
  authorizeEver(actor, 'staff.change')
  requireFreshProof(actor)
  const { staffId } = parseInput(removeInput, input)
  await transaction(actor, async tx => {
    const now = new Date()
    const { carrierId } = await staffToChange(tx, actor, staffId)
    await tx.staff.update({ where: { id: staffId }, data: { leftAt: now } })
    await giveUpPasskeys(tx, staffId, now)
    await recordEvent(tx, actor, { subject: `staff:${staffId}`, kind: 'staff.left', carrierId })
  })
}
