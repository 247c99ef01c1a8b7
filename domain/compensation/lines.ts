import { z } from 'zod'
import { type Facts, numberFacts, yesNoFacts } from '@/domain/compensation/facts'
import { badInput } from '@/domain/errors'
import { lossCategories } from '@/domain/notice/audience'

export const mostLines = 10
const known = new Set(Intl.supportedValuesOf('currency'))

const condition = z.union([
  z.strictObject({ fact: z.literal('loss'), op: z.literal('any-of'), value: z.array(z.enum(lossCategories)).min(1) }),
  z.strictObject({ fact: z.enum(yesNoFacts), op: z.literal('is'), value: z.boolean() }),
  z.strictObject({ fact: z.enum(numberFacts), op: z.literal('at-least'), value: z.int().min(1).max(1_000_000) }),
])
const words = z.string().trim().min(1).max(300)
const grant = z.union([
  z.strictObject({
    kind: z.literal('credit'),
    /** Minor units of the currency. */
    amount: z.int().min(1).max(100_000_000),
    /** ISO 4217. */
    currency: z.string().refine(code => known.has(code)),
  }),
  z.strictObject({ kind: z.literal('months'), months: z.int().min(1).max(60) }),
  z.strictObject({ kind: z.literal('words'), en: words, fr: words }),
])
const line = z.strictObject({
  name: z.string().trim().min(1).max(80),
  conditions: z.array(condition).max(10),
  grant,
})
const lines = z.array(line).min(1).max(mostLines)

export type Condition = z.output<typeof condition>
export type Grant = z.output<typeof grant>
export type Line = z.output<typeof line>

/** Reads what somebody wrote. Refuses none at all, what is not known, and a line that is true of everybody. */
export function readLines(input: unknown): Line[] {
  const read = lines.safeParse(input)
  if (!read.success) {
    const { path } = read.error.issues[0]!
    const [at, part] = [path[0], path[1]]
    const field = typeof at === 'number' ? `lines.${at}.${typeof part === 'string' ? part : 'name'}` : 'lines.0.name'
    const code = part === 'grant' ? 'grant-unclear' : part === 'name' ? 'line-unnamed' : 'lines-unclear'
    throw badInput(field, code, 'A line of the rules is not one that there can be.')
  }
  read.data.forEach(({ conditions }, at) => {
    const names = conditions.map(({ fact }) => fact)
    if (conditions.length === 0 || conditions.every(isAlwaysTrue))
      throw badInput(`lines.${at}.name`, 'line-for-all', 'A line is true of everybody.')
    if (new Set(names).size < names.length) throw badInput(`lines.${at}.name`, 'lines-unclear', 'A condition twice.')
  })
  return read.data
}

/** What a version's row holds. Throws where it holds something else. */
export const storedLines = (stored: unknown): Line[] => lines.parse(stored)

const isAlwaysTrue = (one: Condition): boolean =>
  one.fact === 'loss' && new Set(one.value).size === lossCategories.length

export function holds(asked: Condition, facts: Facts): boolean {
  if (asked.fact === 'loss') return asked.value.includes(facts.loss)
  if (asked.op === 'is') return facts[asked.fact] === asked.value
  const value = facts[asked.fact]
  return value !== null && value >= asked.value
}

/** The first line that is true of somebody; else the facts that kept the nearest line from it. */
export type Verdict = { line: number; grant: Grant; reasons: [] } | { line: null; grant: null; reasons: string[] }

export function verdictOf(all: readonly Line[], facts: Facts): Verdict {
  let nearest: string[] | null = null
  for (const [at, { conditions, grant: granted }] of all.entries()) {
    const against = conditions.filter(one => !holds(one, facts)).map(({ fact }) => fact)
    if (against.length === 0) return { line: at, grant: granted, reasons: [] }
    if (nearest === null || against.length < nearest.length) nearest = against
  }
  return { line: null, grant: null, reasons: nearest ?? [] }
}
