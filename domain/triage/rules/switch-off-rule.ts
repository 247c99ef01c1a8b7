import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { personOf } from '@/domain/decision/move-decision'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'
import { endVersion } from '@/domain/triage/rules/activate-rule'
import { activeOf, takeRule } from '@/domain/triage/rules/rule-to-change'

const offInput = z.object({ ruleId: z.uuid() })

/** Switches a rule off: one person may, since holding back must not wait. What it has done stays; it does nothing more from here on. */
export async function switchOffRule(actor: Actor, input: z.input<typeof offInput>, now = new Date()): Promise<void> {
  const { ruleId } = parseInput(offInput, input)
  await transaction(actor, async tx => {
    const rule = await takeRule(tx, actor, 'rule.write', ruleId)
    const active = activeOf(rule)
    if (active === null) throw wrongState('rule-not-active', 'The rule is not active.')
    await endVersion(tx, active, 'off', personOf(actor), now)
    const { carrierId } = rule
    const data = { version: active.number }
    await recordEvent(tx, actor, { subject: `rule:${ruleId}`, kind: 'rule.switched-off', carrierId, data }, now)
  })
}
