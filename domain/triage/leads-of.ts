import type { Tx } from '@/domain/transaction'

/** The ids of those who lead support for a carrier, in one order. */
export async function leadsOf(tx: Tx, carrierId: string): Promise<string[]> {
  const leads = await tx.staff.findMany({
    where: { role: 'support_lead', leftAt: null, OR: [{ carrierId }, { carrierId: null }] },
    select: { id: true },
    orderBy: { id: 'asc' },
  })
  return leads.map(({ id }) => id)
}
