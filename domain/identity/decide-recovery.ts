import { z } from 'zod'
import { type Actor, actorId } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { giveUpPasskeys } from '@/domain/identity/give-up-passkeys'
import { type Invitation, makeInvitation } from '@/domain/identity/invitation-row'
import { staffToChange } from '@/domain/identity/staff-to-change'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import type { Staff } from '@/prisma/generated/client'

const decideInput = z.object({ staffId: z.uuid(), recoveryId: z.uuid() })

/**
 * Gives up somebody's passkeys and sessions, as another administrator has asked, and invites them to enrol anew. Neither of
 * the two is that person.
 */
export async function approveRecovery(actor: Actor, input: z.input<typeof decideInput>): Promise<Invitation> {
  authorizeEver(actor, 'staff.recover')
  requireFreshProof(actor)
  const { staffId, recoveryId } = parseInput(decideInput, input)
  return transaction(actor, async tx => {
    const now = new Date()
    const member = await staffToChange(tx, actor, staffId)
    await decide(tx, actor, { member, recoveryId, status: 'approved', now })
    await giveUpPasskeys(tx, staffId, now)
    return makeInvitation(tx, member, now)
  })
}

/** Says no, or takes back what one asked oneself: nothing changes. */
export async function refuseRecovery(actor: Actor, input: z.input<typeof decideInput>): Promise<void> {
  authorizeEver(actor, 'staff.recover')
  requireFreshProof(actor)
  const { staffId, recoveryId } = parseInput(decideInput, input)
  await transaction(actor, async tx => {
    const member = await staffToChange(tx, actor, staffId)
    await decide(tx, actor, { member, recoveryId, status: 'refused', now: new Date() })
  })
}

interface Decision {
  member: Staff
  recoveryId: string
  status: 'approved' | 'refused'
  now: Date
}

async function decide(tx: Tx, by: Actor, { member, recoveryId, status, now }: Decision): Promise<void> {
  const { id: staffId, carrierId } = member
  const row = await tx.staffRecovery.findUnique({ where: { id: recoveryId, staffId } })
  if (row === null) throw notFound('recovery')
  if (status === 'approved' && row.askedBy === actorId(by))
    throw wrongState('recovery-own', 'Another administrator must approve this.')
  if (status === 'approved' && (await wordsLapsed(tx, [row.askedBy], 'staff.recover', null)).size > 0)
    throw wrongState('recovery-over', 'Whoever asked is no administrator any more.')
  const open = { id: recoveryId, status: 'asked', expires: { gt: now } } as const
  const data = { status, decidedBy: actorId(by), decidedAt: now }
  const { count } = await tx.staffRecovery.updateMany({ where: open, data })
  if (count !== 1) throw wrongState('recovery-over', 'This was decided already or has run out.')
  const event = {
    subject: `staff:${staffId}`,
    kind: `staff.recovery-${status}`,
    carrierId,
    data: { recoveryId },
  } as const
  await recordEvent(tx, by, event)
}
