import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { personOf } from '@/domain/decision/move-decision'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { type Tx, transaction } from '@/domain/transaction'
import { draftOf, refuseStaleDraft, takeRule } from '@/domain/triage/rules/rule-to-change'
import type { RuleVersion } from '@/prisma/generated/client'
import type { RuleRunKind } from '@/prisma/generated/enums'

const tryInput = z.object({ ruleId: z.uuid(), edition: z.int().min(1) })

/** Has a draft tried on everything that waits: a worker counts what it would do, and changes nothing. Asked for twice, it is done once. */
export async function tryRule(
  actor: Actor,
  input: z.input<typeof tryInput>,
  now = new Date(),
): Promise<{ ruleRunId: string }> {
  const { ruleId, edition } = parseInput(tryInput, input)
  return transaction(actor, async tx => {
    const rule = await takeRule(tx, actor, 'rule.write', ruleId)
    const askedBy = personOf(actor)
    const draft = draftOf(rule)
    if (draft === null) throw wrongState('rule-no-draft', 'There is no draft to try.')
    refuseStaleDraft(draft, edition)
    const before = await tx.ruleRun.findFirst({ where: { versionId: draft.id, edition, status: 'running' } })
    if (before) return { ruleRunId: before.id }
    const ruleRunId = await beginRun(tx, draft, 'dry_run', askedBy, now)
    const { carrierId } = rule
    const data = { version: draft.number, ruleRunId }
    await recordEvent(tx, actor, { subject: `rule:${ruleId}`, kind: 'rule.tried', carrierId, data }, now)
    return { ruleRunId }
  })
}

/** The row that a worker goes by; what is opened later is not in it. */
export async function beginRun(
  tx: Tx,
  { id: versionId, carrierId, edition }: RuleVersion,
  kind: RuleRunKind,
  askedBy: string,
  askedAt: Date,
): Promise<string> {
  const within = carrierId === null ? {} : { carrierId }
  const total = await tx.ticket.count({ where: { status: 'open', openedAt: { lte: askedAt }, ...within } })
  const run = await tx.ruleRun.create({ data: { versionId, carrierId, edition, kind, askedBy, askedAt, total } })
  return run.id
}
