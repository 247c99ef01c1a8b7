import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { type Invitation, makeInvitation } from '@/domain/identity/invitation-row'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { Prisma, transaction } from '@/domain/transaction'

const inviteInput = z.object({ staffId: z.uuid() })

/**
 * Invites somebody who works here to enrol their first passkey. Whoever has one that works is not invited: with an invitation
 * one administrator could sign in as them. That takes two (ask-recovery.ts).
 */
export async function inviteStaff(actor: Actor, input: z.input<typeof inviteInput>): Promise<Invitation> {
  authorizeEver(actor, 'staff.invite')
  requireFreshProof(actor)
  const { staffId } = parseInput(inviteInput, input)
  return transaction(actor, async tx => {
    await tx.$executeRaw(Prisma.sql`SELECT FROM staff WHERE id = ${staffId}::uuid FOR UPDATE`)
    const member = await tx.staff.findUnique({ where: { id: staffId, leftAt: null } })
    if (member === null) throw notFound('staff member')
    if ((await tx.passkey.count({ where: { staffId, revokedAt: null } })) > 0)
      throw wrongState('staff-enrolled', 'This person has a passkey: two administrators may give it up.')
    const invitation = await makeInvitation(tx, member)
    await recordEvent(tx, actor, { subject: `staff:${staffId}`, kind: 'staff.invited', carrierId: member.carrierId })
    return invitation
  })
}
