import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { StaffRole } from '@/prisma/generated/enums'

export interface SessionStaff {
  id: string
  role: StaffRole
  carrierId: string | null
  name: string
  language: 'en' | 'fr'
  /** Whether single keys act in the console. */
  shortcuts: boolean
}

/** Who works here under this id, as they are now; null where they left. For the sign-in only. */
export async function staffOfSession(actor: Actor, staffId: string): Promise<SessionStaff | null> {
  authorizeEver(actor, 'mailbox.read')
  return reader(actor).staff.findUnique({
    where: { id: staffId, leftAt: null },
    select: { id: true, role: true, carrierId: true, name: true, language: true, shortcuts: true },
  })
}
