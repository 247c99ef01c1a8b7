import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { StaffRole } from '@/prisma/generated/enums'

interface StaffMember {
  id: string
  name: string
  email: string
  role: StaffRole
  /** Null: works for every carrier. */
  carrierName: string | null
  language: 'en' | 'fr'
  createdAt: Date
  /** Null: works here. */
  leftAt: Date | null
}

/** Everybody who works or worked here: those who do first, by role and name. */
export async function listStaff(actor: Actor): Promise<StaffMember[]> {
  authorizeEver(actor, 'staff.list')
  const rows = await reader(actor).staff.findMany({
    include: { carrier: { select: { name: true } } },
    orderBy: [{ leftAt: { sort: 'desc', nulls: 'first' } }, { role: 'asc' }, { name: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id, name, email, role, carrier, language, createdAt, leftAt }) => {
    return { id, name, email, role, carrierName: carrier?.name ?? null, language, createdAt, leftAt }
  })
}
