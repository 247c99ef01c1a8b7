import { z } from 'zod'
import { badInput } from '@/domain/errors'
import { categoryWords, type Facts, numberFacts, wordFacts, yesNoFacts } from '@/domain/triage/rules/facts'

const mostConditions = 20
/** What people count here is less. */
export const mostNumber = 1_000_000

const words = <Name extends keyof typeof wordFacts>(fact: Name) =>
  z.strictObject({ fact: z.literal(fact), op: z.literal('any-of'), value: z.array(z.enum(wordFacts[fact])).min(1) })

const amount = z.int().min(0).max(mostNumber)

const condition = z.union([
  words('kind'),
  words('language'),
  words('loss'),
  words('conflicts'),
  words('proof'),
  z.strictObject({ fact: z.literal('carrier'), op: z.literal('any-of'), value: z.array(z.uuid()).min(1).max(100) }),
  z.strictObject({
    fact: z.literal('categories'),
    /** only: it asks for nothing else. any-of: it asks for one of them at least. */
    op: z.enum(['only', 'any-of']),
    value: z.array(z.enum(categoryWords)).min(1),
  }),
  z.strictObject({ fact: z.enum(yesNoFacts), op: z.literal('is'), value: z.boolean() }),
  z.strictObject({ fact: z.enum(numberFacts), op: z.literal('at-least'), value: amount }),
  z.strictObject({ fact: z.enum(numberFacts), op: z.literal('at-most'), value: amount }),
])
const conditions = z.array(condition)

/** One condition; a ticket matches where every one is true. */
export type Condition = z.output<typeof condition>

/**
 * Reads what somebody wrote. Refuses none at all, one that is not known, the same one twice, and one that is true of every
 * ticket: a rule that means everything is a mistake.
 */
export function readConditions(input: unknown): Condition[] {
  const read = conditions.safeParse(input)
  if (!read.success) throw badInput('conditions', 'rule-condition', 'A condition is not one of those that there are.')
  if (read.data.length === 0) throw badInput('conditions', 'rule-no-condition', 'A rule needs a condition.')
  if (read.data.length > mostConditions) throw badInput('conditions', 'rule-conditions-many', 'Too many conditions.')
  const asked = read.data.map(({ fact, op }) => `${fact} ${op}`)
  if (new Set(asked).size < asked.length) throw badInput('conditions', 'rule-condition-twice', 'One condition twice.')
  if (read.data.some(isAlwaysTrue))
    throw badInput('conditions', 'rule-condition-empty', 'A condition is true of every ticket.')
  return read.data
}

/** What a version's row holds. Throws where it holds something else. */
export const storedConditions = (stored: unknown): Condition[] => conditions.min(1).parse(stored)

/** Whether whoever it is about makes no difference. */
function isAlwaysTrue({ fact, op, value }: Condition): boolean {
  if (op === 'at-least') return value === 0
  if (op === 'at-most') return value === mostNumber
  if (fact === 'categories') return new Set(value).size === categoryWords.length
  if (op !== 'any-of' || fact === 'carrier') return false
  return new Set<string>(value).size === wordFacts[fact].length
}

/** Whether every condition is true of what is known. */
export const matches = (all: readonly Condition[], facts: Facts): boolean => all.every(one => holds(one, facts))

function holds(asked: Condition, facts: Facts): boolean {
  if (asked.op === 'is') return facts[asked.fact] === asked.value
  if (asked.op === 'at-least' || asked.op === 'at-most') {
    const known = facts[asked.fact]
    return known !== null && (asked.op === 'at-least' ? known >= asked.value : known <= asked.value)
  }
  if (asked.fact === 'categories') {
    const known = facts.categories
    if (known === null || known.length === 0) return false
    const isAsked = (one: (typeof known)[number]) => asked.value.includes(one)
    return asked.op === 'only' ? known.every(isAsked) : known.some(isAsked)
  }
  const known = facts[asked.fact]
  return known !== null && (asked.value as readonly string[]).includes(known)
}
