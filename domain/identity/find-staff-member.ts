import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { type WorkLanguage, worksIn } from '@/domain/triage/work-languages'
import type { StaffRole } from '@/prisma/generated/enums'

export interface StaffMemberPage {
  id: string
  name: string
  email: string
  role: StaffRole
  /** Null: works for every carrier. */
  carrierName: string | null
  createdAt: Date
  leftAt: Date | null
  /** Passkeys that work, and when one of them was last used. */
  passkeys: number
  lastUsedAt: Date | null
  sessions: number
  /** In which they work on tickets; null where they take none. */
  languages: readonly WorkLanguage[] | null
  /** Until when an invitation works that nobody has used. */
  invitedUntil: Date | null
  /** What waits for another administrator. */
  recovery: { id: string; askedBy: string; askedByName: string | null; askedAt: Date; expires: Date } | null
}

/** One person who works or worked here, with their ways in by number: no name of a key, no place of a session. */
export async function findStaffMember(actor: Actor, staffId: string): Promise<StaffMemberPage> {
  authorizeEver(actor, 'staff.list')
  const now = new Date()
  const member = await reader(actor).staff.findUnique({
    where: { id: staffId },
    include: {
      carrier: { select: { name: true } },
      passkeys: { where: { revokedAt: null }, select: { lastUsedAt: true } },
      invitations: { where: { usedAt: null, expires: { gt: now } }, select: { expires: true } },
      recoveries: { where: { status: 'asked', expires: { gt: now } } },
      sessions: { where: { expires: { gt: now } }, select: { id: true } },
    },
  })
  if (member === null) throw notFound('staff member')
  const [recovery] = member.recoveries
  const asker = recovery && (await reader(actor).staff.findUnique({ where: { id: recovery.askedBy } }))
  const { id, name, email, role, carrier, createdAt, leftAt, passkeys, sessions, invitations } = member
  const uses = passkeys.flatMap(({ lastUsedAt }) => lastUsedAt ?? []).sort((a, b) => b.getTime() - a.getTime())
  return {
    ...{ id, name, email, role, carrierName: carrier?.name ?? null, createdAt, leftAt },
    ...{ passkeys: passkeys.length, lastUsedAt: uses[0] ?? null, sessions: sessions.length },
    languages: role === 'support_agent' || role === 'support_lead' ? worksIn(member) : null,
    invitedUntil: invitations[0]?.expires ?? null,
    recovery: recovery
      ? {
          id: recovery.id,
          askedBy: recovery.askedBy,
          askedByName: asker?.name ?? null,
          askedAt: recovery.askedAt,
          expires: recovery.expires,
        }
      : null,
  }
}
