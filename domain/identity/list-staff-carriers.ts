import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** Carriers that somebody may be added to work for, by name. */
export async function listStaffCarriers(actor: Actor): Promise<{ slug: string; name: string }[]> {
  authorizeEver(actor, 'staff.add')
  return reader(actor).carrier.findMany({
    select: { slug: true, name: true },
    orderBy: [{ name: 'asc' }, { slug: 'asc' }],
  })
}
