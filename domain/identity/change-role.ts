import { z } from 'zod'
import { type Actor, staffRoles } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { endSessions } from '@/domain/identity/session-row'
import { staffToChange } from '@/domain/identity/staff-to-change'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

const changeRoleInput = z.object({
  staffId: z.uuid(),
  role: z.enum(staffRoles, { error: 'staff-role' }),
  /** The role that was shown. */
  from: z.enum(staffRoles, { error: 'staff-role' }),
})

/** Gives somebody another role and ends all their sessions in the same transaction. */
export async function changeRole(actor: Actor, input: z.input<typeof changeRoleInput>): Promise<void> {
  authorizeEver(actor, 'staff.change')
  requireFreshProof(actor)
  const { staffId, role, from } = parseInput(changeRoleInput, input)
  await transaction(actor, async tx => {
    const { carrierId, role: present } = await staffToChange(tx, actor, staffId)
    if (present !== from) throw new Refusal('stale', 'stale', 'The role was changed meanwhile.', 'role')
    if (present === role) return
    await tx.staff.update({ where: { id: staffId }, data: { role } })
    await endSessions(tx, { staffId, subscriberId: null })
    const data = { from, to: role }
    await recordEvent(tx, actor, { subject: `staff:${staffId}`, kind: 'staff.role-changed', carrierId, data })
  })
}
