import type { Tx } from '@/domain/transaction'
import { storedAction } from '@/domain/triage/rules/action'
import { storedConditions } from '@/domain/triage/rules/conditions'
import { type AskedRule, inOrder } from '@/domain/triage/rules/verdict'
import type { RuleVersion } from '@/prisma/generated/client'

export const askedRule = (row: RuleVersion): AskedRule => ({
  versionId: row.id,
  ruleId: row.ruleId,
  carrierId: row.carrierId,
  number: row.number,
  name: row.name,
  position: row.position,
  conditions: storedConditions(row.conditions),
  action: storedAction(row.action),
})

/** Every rule that is active now, in the order in which they are asked. `instead`: a draft, as if it were active. */
export async function activeRules(tx: Tx, instead: RuleVersion | null = null): Promise<AskedRule[]> {
  const rows = await tx.ruleVersion.findMany({ where: { status: 'active' } })
  const others = instead === null ? rows : [...rows.filter(({ ruleId }) => ruleId !== instead.ruleId), instead]
  return inOrder(others.map(askedRule))
}
