import { z } from 'zod'
import type { Fields } from '@/app/_shell/read-fields'
import { readWhich } from '@/app/support/mass/which-incident'
import type { RuleAction } from '@/domain/triage/rules/action'
import type { Condition } from '@/domain/triage/rules/conditions'
import { numberFacts, wordFacts, yesNoFacts } from '@/domain/triage/rules/facts'
import { lastPosition, longestName } from '@/domain/triage/rules/rule-inputs'

export const wordNames = Object.keys(wordFacts) as (keyof typeof wordFacts)[]
export const fieldOf = (fact: string, op: string): string => `${fact}.${op}`

const numberFields = numberFacts.flatMap(fact => ['at-least', 'at-most'].map(op => fieldOf(fact, op)))
const number = z
  .string()
  .trim()
  .regex(/^\d{0,6}$/, { error: 'rule-number' })
  .default('')
const text = z.string().trim().default('')

/** What a form of a rule's draft holds beside its conditions' boxes, which conditionsOf reads. */
export const ruleForm = z.looseObject({
  name: text.pipe(z.string().min(1, { error: 'rule-name' }).max(longestName, { error: 'rule-name' })),
  position: z.coerce
    .number({ error: 'rule-position' })
    .int({ error: 'rule-position' })
    .min(0, { error: 'rule-position' })
    .max(lastPosition, { error: 'rule-position' }),
  act: text,
  reason: text,
  hours: number,
  tag: text,
  priority: text,
  /** Of which incident, or of which wave of it: "<id>" or "<id>:<category>". */
  incidentId: text,
  ...Object.fromEntries(numberFields.map(name => [name, number])),
})

/** What the form says, for the domain to judge: nothing filled in is no condition. */
export const saidIn = (fields: Fields) => ({ conditions: conditionsOf(fields), action: actionOf(fields) })

function conditionsOf(fields: Fields): unknown[] {
  const given = (name: string) => [fields[name] ?? []].flat().filter(value => value.trim() !== '')
  const many = (fact: string, op: string) => {
    const value = given(fieldOf(fact, op))
    return value.length === 0 ? [] : [{ fact, op, value }]
  }
  const one = (fact: string, op: string, read: (value: string) => unknown) =>
    given(fieldOf(fact, op)).map(value => ({ fact, op, value: read(value) }))
  return [
    ...[...wordNames, 'carrier'].flatMap(fact => many(fact, 'any-of')),
    ...['only', 'any-of'].flatMap(op => many('categories', op)),
    ...yesNoFacts.flatMap(fact => one(fact, 'is', value => value === 'yes')),
    ...numberFacts.flatMap(fact => ['at-least', 'at-most'].flatMap(op => one(fact, op, value => Number(value.trim())))),
  ]
}

function actionOf(fields: Fields): unknown {
  const { act, reason, hours, tag, priority, incidentId } = fields
  if (act === 'hold') return { act, reason, hours: Number(hours || Number.NaN) }
  if (act === 'tag') return { act, tag: String(tag ?? '').trim() }
  if (act === 'link') return { act, ...readWhich(String(incidentId ?? '')) }
  if (act === 'priority') return { act, priority }
  return { act }
}

/** What the fields of a form hold that shows a version. */
export function valuesOf({
  name,
  position,
  conditions,
  action,
}: {
  name: string
  position: number
  conditions: Condition[]
  action: RuleAction
}): Record<string, string[]> {
  const values: Record<string, string[]> = { name: [name], position: [String(position)] }
  const { incidentId, waveCategory, ...said } = { incidentId: null, waveCategory: null, ...action }
  for (const [field, value] of Object.entries(said)) values[field] = [String(value)]
  if (incidentId !== null) values.incidentId = [[incidentId, waveCategory].filter(one => one !== null).join(':')]
  for (const { fact, op, value } of conditions)
    values[fieldOf(fact, op)] = typeof value === 'boolean' ? [value ? 'yes' : 'no'] : [value].flat().map(String)
  return values
}
