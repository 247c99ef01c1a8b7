import { invitationHash } from '@/domain/identity/invitation-row'
import { reader } from '@/domain/transaction'
import type { Staff } from '@/prisma/generated/client'

/** Whom an invitation that still works is for; null where it does not. Whoever holds the token may know. */
export async function readInvitation(token: string, now = new Date()): Promise<{ id: string; staff: Staff } | null> {
  const row = await reader('every-carrier').staffInvitation.findUnique({
    where: { tokenHash: invitationHash(token) },
    include: { staff: true },
  })
  if (row === null || row.usedAt !== null || row.expires <= now || row.staff.leftAt !== null) return null
  return { id: row.id, staff: row.staff }
}
