import type { Actor } from '@/domain/actor'
import { notFound, Refusal } from '@/domain/errors'
import { authorize, type PolicyVerb } from '@/domain/policy'
import type { Prisma, Tx } from '@/domain/transaction'
import type { RuleVersion } from '@/prisma/generated/client'

const withVersions = { versions: { orderBy: { number: 'desc' } } } satisfies Prisma.TriageRuleInclude
export type RuleRow = Prisma.TriageRuleGetPayload<{ include: typeof withVersions }>

/** A rule behind its lock, for whoever has the verb: who write, activate and switch off at the same moment take turns. */
export async function takeRule(tx: Tx, actor: Actor, verb: PolicyVerb, ruleId: string): Promise<RuleRow> {
  await tx.$queryRaw`SELECT 1 FROM triage_rules WHERE id = ${ruleId}::uuid FOR UPDATE`
  const rule = await tx.triageRule.findUnique({ where: { id: ruleId }, include: withVersions })
  authorize(actor, verb, { carrierId: rule?.carrierId ?? null, subscriberId: null }, 'rule')
  if (!rule) throw notFound('rule')
  return rule
}

export const draftOf = ({ versions }: RuleRow): RuleVersion | null =>
  versions.find(({ status }) => status === 'draft') ?? null
export const activeOf = ({ versions }: RuleRow): RuleVersion | null =>
  versions.find(({ status }) => status === 'active') ?? null

/** The draft as it was shown; `edition` 0: there was none. */
export function refuseStaleDraft(draft: RuleVersion | null, edition: number): void {
  if ((draft?.edition ?? 0) !== edition)
    throw new Refusal('stale', 'rule-stale', 'The rule has changed since it was shown.')
}
