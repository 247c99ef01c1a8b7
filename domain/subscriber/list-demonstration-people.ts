import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { StaffRole } from '@/prisma/generated/enums'

export interface DemonstrationPerson {
  id: string
  name: string
  email: string
  /** Null for subscribers. */
  role: StaffRole | null
  carrierName: string | null
  language: 'en' | 'fr'
}

/** Who one may sign in as where everything is invented: staff first, then subscribers, at most `most` of each. */
export async function listDemonstrationPeople(actor: Actor, most: number): Promise<DemonstrationPerson[]> {
  authorizeEver(actor, 'subscriber.add')
  const staff = await reader(actor).staff.findMany({
    where: { leftAt: null },
    orderBy: [{ role: 'asc' }, { createdAt: 'asc' }],
    include: { carrier: true },
    take: most,
  })
  const subscribers = await reader(actor).subscriber.findMany({
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { carrier: true },
    take: most,
  })
  return [
    ...staff.map(({ id, name, email, role, carrier, language }) => ({
      id,
      name,
      email,
      role,
      carrierName: carrier?.name ?? null,
      language,
    })),
    ...subscribers.map(({ id, name, accountId, email, carrier, language }) => ({
      id,
      name: name ?? accountId,
      email,
      role: null,
      carrierName: carrier.name,
      language,
    })),
  ]
}
