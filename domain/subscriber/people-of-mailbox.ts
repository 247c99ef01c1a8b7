import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { StaffRole } from '@/prisma/generated/enums'

export interface MailboxPeople {
  /** One mailbox may belong to a household: several subscribers, perhaps of several carriers. */
  subscribers: {
    id: string
    carrierId: string
    carrierName: string
    accountId: string
    name: string | null
    language: 'en' | 'fr'
  }[]
  /** Null where nobody who works here has this address. */
  staff: {
    id: string
    role: StaffRole
    carrierId: string | null
    name: string
    language: 'en' | 'fr'
    shortcuts: boolean
  } | null
}

/** Everybody who may sign in with a mail address, whatever its case. For the sign-in only: no person asks this about others. */
export async function peopleOfMailbox(actor: Actor, email: string): Promise<MailboxPeople> {
  authorizeEver(actor, 'mailbox.read')
  const folded = email.trim().toLowerCase()
  const ids = await reader(actor).$queryRaw<{ id: string }[]>`
    SELECT id FROM subscribers WHERE lower(email) = lower(${folded}) ORDER BY created_at, id`
  const subscribers = await reader(actor).subscriber.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { carrier: true },
  })
  const staff = await reader(actor).staff.findFirst({
    where: { email: { equals: folded, mode: 'insensitive' }, leftAt: null },
  })
  return {
    subscribers: subscribers.map(({ id, carrierId, carrier, accountId, name, language }) => ({
      id,
      carrierId,
      carrierName: carrier.name,
      accountId,
      name,
      language,
    })),
    staff: staff && {
      id: staff.id,
      role: staff.role,
      carrierId: staff.carrierId,
      name: staff.name,
      language: staff.language,
      shortcuts: staff.shortcuts,
    },
  }
}
