import { endSessions } from '@/domain/identity/session-row'
import type { Tx } from '@/domain/transaction'

/** Takes a staff member every way in: passkeys, invitations not used yet, sessions. */
export async function giveUpPasskeys(tx: Tx, staffId: string, now: Date): Promise<void> {
  await tx.passkey.updateMany({ where: { staffId, revokedAt: null }, data: { revokedAt: now } })
  await tx.staffInvitation.deleteMany({ where: { staffId, usedAt: null } })
  await endSessions(tx, { staffId, subscriberId: null })
}
