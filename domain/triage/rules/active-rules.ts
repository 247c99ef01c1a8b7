import type { Tx } from '@/domain/transaction'
import { concernedBy } from '@/domain/triage/link-ticket'
import { storedAction } from '@/domain/triage/rules/action'
import { storedConditions } from '@/domain/triage/rules/conditions'
import { type AskedRule, inOrder } from '@/domain/triage/rules/verdict'
import type { RuleVersion } from '@/prisma/generated/client'

const askedRule = (row: RuleVersion): Omit<AskedRule, 'linkable'> => ({
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
  return inOrder(await withLinkable(tx, others.map(askedRule)))
}

/** Read with the rules, so that no ticket has to be asked which incidents concern its carrier. */
async function withLinkable(tx: Tx, rules: Omit<AskedRule, 'linkable'>[]): Promise<AskedRule[]> {
  const incidentIds = rules.flatMap(({ action }) => (action.act === 'link' ? [action.incidentId] : []))
  const concerned = await concernedBy(tx, incidentIds)
  return rules.map(rule => {
    const { action } = rule
    const of = concerned.filter(one => action.act === 'link' && one.incidentId === action.incidentId)
    return { ...rule, linkable: new Set(of.map(({ carrierId }) => carrierId)) }
  })
}
