import { z } from 'zod'
import { type Actor, actorId } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { staffToChange } from '@/domain/identity/staff-to-change'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

/** Hours in which another administrator may decide. */
const decisionHours = 24

const askInput = z.object({ staffId: z.uuid() })

/** Asks another administrator to give up somebody's passkeys, because they lost them. Until then nothing changes. */
export async function askRecovery(actor: Actor, input: z.input<typeof askInput>): Promise<{ recoveryId: string }> {
  authorizeEver(actor, 'staff.recover')
  requireFreshProof(actor)
  const { staffId } = parseInput(askInput, input)
  return transaction(actor, async tx => {
    const now = new Date()
    const { carrierId } = await staffToChange(tx, actor, staffId)
    if ((await tx.passkey.count({ where: { staffId, revokedAt: null } })) === 0)
      throw wrongState('staff-not-enrolled', 'There is no passkey to give up: an invitation is enough.')
    if ((await tx.staffRecovery.count({ where: { staffId, status: 'asked', expires: { gt: now } } })) > 0)
      throw wrongState('recovery-asked', 'Somebody has asked for this already.')
    // One that nobody decided in time gives way.
    await tx.staffRecovery.deleteMany({ where: { staffId, status: 'asked' } })
    const expires = new Date(now.getTime() + decisionHours * 3_600_000)
    const askedBy = actorId(actor)!
    const { id: recoveryId } = await tx.staffRecovery.create({ data: { staffId, carrierId, askedBy, expires } })
    const data = { recoveryId }
    await recordEvent(tx, actor, { subject: `staff:${staffId}`, kind: 'staff.recovery-asked', carrierId, data })
    return { recoveryId }
  })
}
