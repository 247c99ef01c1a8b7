import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** Carriers whose requests the actor may approve together, by name. */
export function listBulkCarriers(actor: Actor): Promise<{ id: string; name: string }[]> {
  const { carrierId } = scope(actor, 'bulk.approve')
  return reader(actor).carrier.findMany({
    where: carrierId === undefined ? {} : { id: carrierId },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
}
