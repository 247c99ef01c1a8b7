import { validate as isUuid } from 'uuid'
import { may, type PolicyVerb } from '@/domain/policy'
import type { Tx } from '@/domain/transaction'

/**
 * Of people who said the first of two words: those whose word counts no more, because they have left or have a role now that has
 * no right to it. `carrierId`: of what it is about; null: of no carrier's. Programs and subscribers are no staff, and never among them.
 */
export async function wordsLapsed(
  tx: Tx,
  people: readonly (string | null)[],
  verb: PolicyVerb,
  carrierId: string | null,
): Promise<ReadonlySet<string>> {
  const ids = people.flatMap(id => (id !== null && isUuid(id) ? [id] : []))
  if (ids.length === 0) return new Set()
  const rows = await tx.staff.findMany({ where: { id: { in: ids } } })
  const lapsed = rows.filter(({ id: staffId, role, carrierId: own, leftAt }) => {
    const now = { role, staffId, carrierId: own, provedAt: null }
    return leftAt !== null || !may(now, verb, { carrierId, subscriberId: null })
  })
  return new Set(lapsed.map(({ id }) => id))
}
