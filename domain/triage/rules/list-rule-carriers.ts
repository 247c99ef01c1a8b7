import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/** Carriers for whose tickets the actor may read rules, by name. */
export function listRuleCarriers(actor: Actor): Promise<{ id: string; name: string }[]> {
  const { carrierId } = scope(actor, 'rule.read')
  return reader(actor).carrier.findMany({
    where: carrierId === undefined ? {} : { id: carrierId },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  })
}
