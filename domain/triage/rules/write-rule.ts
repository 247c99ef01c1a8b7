import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { personOf } from '@/domain/decision/move-decision'
import { badInput, notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { isUniqueViolation, reader, type Tx, transaction } from '@/domain/transaction'
import { refuseUnlinkable } from '@/domain/triage/link-ticket'
import { readAction } from '@/domain/triage/rules/action'
import { type Condition, readConditions } from '@/domain/triage/rules/conditions'
import { ruleWords } from '@/domain/triage/rules/rule-inputs'
import { draftOf, type RuleRow, refuseStaleDraft, takeRule } from '@/domain/triage/rules/rule-to-change'

const newInput = ruleWords.extend({
  /** Null: the installation's, for every carrier. */
  carrierId: z.uuid().nullable(),
  /** Made once for each form: the same key makes one rule, however often it is sent. */
  ruleId: z.uuid(),
})

/** Writes the first draft of a new rule. It does nothing before it was tried and another person has activated it. */
export async function writeRule(
  actor: Actor,
  input: z.input<typeof newInput>,
  now = new Date(),
): Promise<{ ruleId: string }> {
  const { carrierId, ruleId, ...words } = parseInput(newInput, input)
  authorize(actor, 'rule.write', { carrierId, subscriberId: null }, 'carrier')
  const writer = personOf(actor)
  const said = await readWords(actor, carrierId, words)
  try {
    await transaction(actor, async tx => {
      if (carrierId !== null && (await tx.carrier.count({ where: { id: carrierId } })) === 0) throw notFound('carrier')
      await tx.triageRule.create({ data: { id: ruleId, carrierId, createdBy: writer, createdAt: now } })
      await tx.ruleVersion.create({
        data: { ...said, ruleId, carrierId, number: 1, writers: [writer], writtenAt: now },
      })
      await note(tx, actor, { id: ruleId, carrierId }, 1, now)
    })
  } catch (error) {
    // The same form sent twice: what the first one made stands.
    if (!isUniqueViolation(error)) throw error
    const before = await reader(actor).triageRule.count({ where: { id: ruleId, createdBy: writer, carrierId } })
    if (before === 0) throw badInput('ruleId', 'bad-key', 'This key has made something else.')
  }
  return { ruleId }
}

const changeInput = ruleWords.extend({
  ruleId: z.uuid(),
  /** Of the draft that was shown; 0: there was none, and this begins the next version. */
  edition: z.int().min(0),
})

/** Changes the draft of a rule, or begins the next version where there is none. What was activated stays as it is. */
export async function rewriteRule(actor: Actor, input: z.input<typeof changeInput>, now = new Date()): Promise<void> {
  const { ruleId, edition, ...words } = parseInput(changeInput, input)
  await transaction(actor, async tx => {
    const rule = await takeRule(tx, actor, 'rule.write', ruleId)
    const writer = personOf(actor)
    const draft = draftOf(rule)
    refuseStaleDraft(draft, edition)
    const said = await readWords(actor, rule.carrierId, words)
    if (draft === null) {
      const number = (rule.versions[0]?.number ?? 0) + 1
      await tx.ruleVersion.create({
        data: { ...said, ruleId, carrierId: rule.carrierId, number, writers: [writer], writtenAt: now },
      })
      return note(tx, actor, rule, number, now)
    }
    const writers = [...draft.writers.filter(one => one !== writer), writer]
    await tx.ruleVersion.update({
      where: { id: draft.id },
      data: { ...said, writers, writtenAt: now, edition: { increment: 1 } },
    })
    return note(tx, actor, rule, draft.number, now)
  })
}

const note = (tx: Tx, actor: Actor, { id, carrierId }: Pick<RuleRow, 'id' | 'carrierId'>, version: number, now: Date) =>
  recordEvent(tx, actor, { subject: `rule:${id}`, kind: 'rule.written', carrierId, data: { version } }, now)

async function readWords(actor: Actor, carrierId: string | null, words: z.output<typeof ruleWords>) {
  const conditions = readConditions(words.conditions)
  await refuseForeign(actor, carrierId, conditions)
  const action = readAction(words.action)
  // By what binds a person's link; whether a ticket's own carrier is concerned is asked again for each.
  if (action.act === 'link') await refuseUnlinkable(reader(actor), { ...action, carrierId })
  return { name: words.name, position: words.position, conditions, action }
}

/** A carrier's rule is for its own tickets alone; the installation's may name carriers that there are. */
async function refuseForeign(actor: Actor, carrierId: string | null, conditions: Condition[]): Promise<void> {
  for (const one of conditions) {
    if (one.fact !== 'carrier') continue
    const known = await reader(actor).carrier.findMany({ where: { id: { in: one.value } }, select: { id: true } })
    const all = await reader(actor).carrier.count()
    if (carrierId !== null || known.length !== new Set(one.value).size)
      throw badInput('conditions', 'rule-condition', 'A condition names a carrier that is not there.')
    if (known.length === all)
      throw badInput('conditions', 'rule-condition-empty', 'A condition is true of every ticket.')
  }
}
