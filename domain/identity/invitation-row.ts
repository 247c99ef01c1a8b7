import { createHash, randomBytes } from 'node:crypto'
import type { Tx } from '@/domain/transaction'
import type { Staff } from '@/prisma/generated/client'

/** Hours in which an invitation may be used. */
export const invitationHours = 24

export const invitationHash = (token: string) => createHash('sha256').update(token).digest()

/** For whom the link is, and what it holds: told once, kept as a digest. */
export interface Invitation {
  token: string
  email: string
  name: string
  language: 'en' | 'fr'
}

/** Makes a staff member's one invitation; those before it stop working. */
export async function makeInvitation(tx: Tx, member: Staff, now = new Date()): Promise<Invitation> {
  const { id: staffId, carrierId, email, name, language } = member
  const token = randomBytes(32).toString('base64url')
  await tx.staffInvitation.deleteMany({ where: { staffId, usedAt: null } })
  const expires = new Date(now.getTime() + invitationHours * 3_600_000)
  await tx.staffInvitation.create({ data: { staffId, carrierId, tokenHash: invitationHash(token), expires } })
  return { token, email, name, language }
}
