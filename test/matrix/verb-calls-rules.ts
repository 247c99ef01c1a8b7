import { randomUUID } from 'node:crypto'
import { transaction } from '@/domain/transaction'
import { activateRule } from '@/domain/triage/rules/activate-rule'
import { advanceRule } from '@/domain/triage/rules/advance-rule'
import { applyRules } from '@/domain/triage/rules/apply-rules'
import { findRule, listRules } from '@/domain/triage/rules/find-rules'
import { listRuleCarriers } from '@/domain/triage/rules/list-rule-carriers'
import { switchOffRule } from '@/domain/triage/rules/switch-off-rule'
import { tryRule } from '@/domain/triage/rules/try-rule'
import { rewriteRule, writeRule } from '@/domain/triage/rules/write-rule'
import type { Calls } from '@/test/matrix/verb-entry'
import type { House, VerbWorld } from '@/test/matrix/verb-world'

export const words = {
  name: 'None so large',
  position: 500,
  // True of nothing in this world: what is activated here decides nothing for the other calls.
  conditions: [{ fact: 'records', op: 'at-least', value: 1_000 }],
  action: { act: 'tag', tag: 'large' },
}

/** A rule of somebody else's, tried as it is. */
export async function ruleOf(
  { carrierId }: Pick<House, 'carrierId'>,
  status: 'draft' | 'active' = 'draft',
): Promise<string> {
  const now = new Date()
  const ruleId = randomUUID()
  const writer = randomUUID()
  const active = status === 'draft' ? {} : { status, activatedBy: randomUUID(), activatedAt: now }
  await transaction('every-carrier', async tx => {
    await tx.triageRule.create({ data: { id: ruleId, carrierId, createdBy: writer } })
    const { id: versionId } = await tx.ruleVersion.create({
      data: { ...words, ...active, ruleId, carrierId, number: 1, writers: [writer], writtenAt: now },
    })
    const tried = { kind: 'dry_run', edition: 1, status: 'done', askedAt: now, endedAt: now } as const
    await tx.ruleRun.create({
      data: { versionId, carrierId, ...tried, askedBy: writer, total: 9, lookedAt: 9 },
    })
  })
  return ruleId
}

/** The House's incidentId stands for the rule, as other calls do it. */
const drafted = async (_: VerbWorld, house: House) => ({ ...house, incidentId: await ruleOf(house) })
const active = async (_: VerbWorld, house: House) => ({ ...house, incidentId: await ruleOf(house, 'active') })

/** Rules that decide the easy ones. */
export const ruleCalls: Calls = {
  'triage/rules/write-rule.ts writeRule': {
    verb: 'rule.write',
    about: 'carrier',
    changes: true,
    call: (_, actor, { carrierId }) => writeRule(actor, { ...words, carrierId, ruleId: randomUUID() }),
  },
  'triage/rules/write-rule.ts rewriteRule': {
    verb: 'rule.write',
    about: 'carrier',
    changes: true,
    prepare: drafted,
    call: (_, actor, { incidentId: ruleId }) => rewriteRule(actor, { ...words, ruleId, edition: 1 }),
  },
  'triage/rules/try-rule.ts tryRule': {
    verb: 'rule.write',
    about: 'carrier',
    changes: true,
    prepare: drafted,
    call: (_, actor, { incidentId: ruleId }) => tryRule(actor, { ruleId, edition: 1 }),
  },
  'triage/rules/activate-rule.ts activateRule': {
    verb: 'rule.activate',
    about: 'carrier',
    changes: true,
    needsProof: true,
    prepare: drafted,
    call: (_, actor, { incidentId: ruleId }) => activateRule(actor, { ruleId, edition: 1 }),
  },
  'triage/rules/switch-off-rule.ts switchOffRule': {
    verb: 'rule.write',
    about: 'carrier',
    changes: true,
    prepare: active,
    call: (_, actor, { incidentId: ruleId }) => switchOffRule(actor, { ruleId }),
  },
  'triage/rules/find-rules.ts findRule': {
    verb: 'rule.read',
    about: 'carrier',
    // What it finds is made for it.
    changes: true,
    prepare: drafted,
    call: (_, actor, { incidentId: ruleId }) => findRule(actor, ruleId),
  },
  'triage/rules/find-rules.ts listRules': {
    verb: 'rule.read',
    about: 'own list',
    tells: false,
    call: (_, actor) => listRules(actor),
  },
  'triage/rules/list-rule-carriers.ts listRuleCarriers': {
    verb: 'rule.read',
    about: 'carrier list',
    tells: false,
    call: (_, actor) => listRuleCarriers(actor),
  },
  'triage/rules/advance-rule.ts advanceRule': {
    verb: 'rule.run',
    about: 'all',
    call: (_, actor) => advanceRule(actor, { ruleRunId: randomUUID() }, () => false),
  },
  'triage/rules/apply-rules.ts applyRules': {
    verb: 'rule.run',
    about: 'all',
    call: (_, actor) => applyRules(actor, { requestId: randomUUID() }),
  },
}
