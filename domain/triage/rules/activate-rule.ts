import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { personOf } from '@/domain/decision/move-decision'
import { Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { parseInput } from '@/domain/parse-input'
import { requireFreshProof } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import { dryRunHours, isWide } from '@/domain/triage/rules/rule-inputs'
import { activeOf, draftOf, refuseStaleDraft, takeRule } from '@/domain/triage/rules/rule-to-change'
import { beginRun } from '@/domain/triage/rules/try-rule'
import type { RuleVersion } from '@/prisma/generated/client'

const activateInput = z.object({
  ruleId: z.uuid(),
  edition: z.int().min(1),
  /** That it means nearly everything that waits was read, and is meant. */
  confirmed: z.boolean().default(false),
})

/**
 * Activates a draft that was tried as it is now, by another person than those who wrote it, who they are proved within five
 * minutes. The version before it is superseded; a worker goes through what waits already.
 */
export async function activateRule(
  actor: Actor,
  input: z.input<typeof activateInput>,
  now = new Date(),
): Promise<{ ruleRunId: string }> {
  const { ruleId, edition, confirmed } = parseInput(activateInput, input)
  return transaction(actor, async tx => {
    const rule = await takeRule(tx, actor, 'rule.activate', ruleId)
    const activatedBy = personOf(actor)
    requireFreshProof(actor, now)
    const draft = draftOf(rule)
    if (draft === null) throw wrongState('rule-no-draft', 'There is no draft to activate.')
    refuseStaleDraft(draft, edition)
    if (draft.writers.includes(activatedBy))
      throw wrongState('rule-own', 'Another person has to activate what one has written in.')
    const latest = draft.writers.at(-1) ?? null
    if ((await wordsLapsed(tx, [latest], 'rule.write', rule.carrierId)).size > 0)
      throw wrongState('rule-writer-gone', 'Whoever wrote it last has no right to it any more.')
    await refuseUntried(tx, draft, confirmed, now)
    const active = activeOf(rule)
    if (active) await endVersion(tx, active, 'superseded', activatedBy, now)
    const status = 'active' as const
    await tx.ruleVersion.update({ where: { id: draft.id }, data: { status, activatedBy, activatedAt: now } })
    const ruleRunId = await beginRun(tx, draft, 'backlog', activatedBy, now)
    const { carrierId } = rule
    const data = { version: draft.number, ruleRunId }
    await recordEvent(tx, actor, { subject: `rule:${ruleId}`, kind: 'rule.activated', carrierId, data }, now)
    return { ruleRunId }
  })
}

/** The dry run of just this draft is what the second person decides by. */
async function refuseUntried(tx: Tx, { id, edition }: RuleVersion, confirmed: boolean, now: Date): Promise<void> {
  const since = new Date(now.getTime() - dryRunHours * 3_600_000)
  const tried = await tx.ruleRun.findFirst({
    where: { versionId: id, edition, kind: 'dry_run', status: 'done', askedAt: { gt: since } },
    orderBy: { id: 'desc' },
  })
  if (!tried) throw wrongState('rule-untried', 'This draft was not tried, or not within a day.')
  if (isWide(tried) && !confirmed)
    throw new Refusal('bad-input', 'rule-nearly-all', 'It means nearly everything that waits.', 'confirmed')
}

export async function endVersion(
  tx: Tx,
  { id }: RuleVersion,
  status: 'superseded' | 'off',
  endedBy: string,
  endedAt: Date,
): Promise<void> {
  // The run before its version, as an act of the rule takes them.
  await tx.ruleRun.updateMany({ where: { versionId: id, status: 'running' }, data: { status: 'stopped', endedAt } })
  await tx.ruleVersion.update({ where: { id }, data: { status, endedBy, endedAt } })
}
