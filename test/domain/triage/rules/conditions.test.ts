import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAction } from '@/domain/triage/rules/action'
import { type Condition, matches, mostNumber, readConditions } from '@/domain/triage/rules/conditions'
import { categoryWords, type Facts, numberFacts, wordFacts, yesNoFacts } from '@/domain/triage/rules/facts'
import { refused } from '@/test/domain/decision/decision-world'

const carriers = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const
const allWords: Record<string, readonly string[]> = { ...wordFacts, carrier: carriers }
const wordNames = Object.keys(allWords)

const some = <T>(from: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength: from.length })
const small = fc.integer({ min: 0, max: 4 })

const facts: fc.Arbitrary<Facts> = fc
  .record({
    ...Object.fromEntries(wordNames.map(name => [name, fc.option(fc.constantFrom(...allWords[name]!))])),
    ...Object.fromEntries(yesNoFacts.map(name => [name, fc.option(fc.boolean())])),
    ...Object.fromEntries(numberFacts.map(name => [name, fc.option(small)])),
    categories: fc.option(fc.uniqueArray(fc.constantFrom(...categoryWords))),
  })
  .map(made => made as unknown as Facts)

const condition: fc.Arbitrary<Condition> = fc
  .oneof(
    fc.constantFrom(...wordNames).chain(fact => some(allWords[fact]!).map(value => ({ fact, op: 'any-of', value }))),
    fc.record({ fact: fc.constant('categories'), op: fc.constantFrom('only', 'any-of'), value: some(categoryWords) }),
    fc.record({ fact: fc.constantFrom(...yesNoFacts), op: fc.constant('is'), value: fc.boolean() }),
    fc.record({ fact: fc.constantFrom(...numberFacts), op: fc.constantFrom('at-least', 'at-most'), value: small }),
  )
  .map(made => made as Condition)

/** The same said another way: by what makes a condition false. */
function isFalse({ fact, op, value }: Condition, known: Facts): boolean {
  const actual: unknown = known[fact]
  if (actual === null) return true
  if (op === 'is') return actual !== value
  if (op === 'at-least') return Number(actual) < Number(value)
  if (op === 'at-most') return Number(actual) > Number(value)
  const asked = new Set<unknown>(value)
  const said = new Set<unknown>([actual].flat())
  const common = [...said].filter(one => asked.has(one)).length
  return op === 'only' ? said.size === 0 || common < said.size : common === 0
}

describe('the conditions of a rule', () => {
  it('are true together where none is false, whatever is known and whatever is not', () => {
    let both = { true: 0, false: 0 }
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 4 }), facts, (asked, known) => {
        const expected = !asked.some(one => isFalse(one, known))
        both = { ...both, [String(expected)]: both[`${expected}`] + 1 }
        expect(matches(asked, known)).toBe(expected)
      }),
      { numRuns: 5_000 },
    )
    // Neither answer alone would have passed.
    expect(Math.min(both.true, both.false)).toBeGreaterThan(100)
  })

  it('are read back as they were written', () => {
    fc.assert(
      fc.property(fc.uniqueArray(condition, { minLength: 1, selector: one => `${one.fact} ${one.op}` }), asked => {
        let read: Condition[] = asked
        try {
          read = readConditions(JSON.parse(JSON.stringify(asked)))
        } catch (error) {
          expect(error).toEqual(refused('rule-condition-empty'))
        }
        expect(read).toEqual(asked)
      }),
    )
  })

  it('are refused where they mean everything', () => {
    expect(() => readConditions([])).toThrow(refused('rule-no-condition'))
    const empty = [
      { fact: 'records', op: 'at-least', value: 0 },
      { fact: 'records', op: 'at-most', value: mostNumber },
      { fact: 'language', op: 'any-of', value: ['fr', 'en'] },
      { fact: 'kind', op: 'any-of', value: [...wordFacts.kind] },
      { fact: 'categories', op: 'only', value: [...categoryWords] },
    ]
    for (const one of empty) expect(() => readConditions([one])).toThrow(refused('rule-condition-empty'))
    const narrow = { fact: 'damaged', op: 'at-most', value: 0 }
    expect(() => readConditions([narrow, empty[0]])).toThrow(refused('rule-condition-empty'))
    expect(readConditions([narrow])).toEqual([narrow])
  })

  it('are refused where they are not known, or are said twice', () => {
    for (const one of [
      null,
      'all',
      { fact: 'name', op: 'any-of', value: ['Ada'] },
      { fact: 'records', op: 'is', value: true },
      { fact: 'records', op: 'at-least', value: -1 },
      { fact: 'records', op: 'at-least', value: 1.5 },
      { fact: 'records', op: 'at-least', value: '1' },
      { fact: 'language', op: 'any-of', value: ['de'] },
      { fact: 'language', op: 'any-of', value: [] },
      { fact: 'batch-intact', op: 'is', value: true, and: 'more' },
      { fact: 'carrier', op: 'any-of', value: ['harbor'] },
    ])
      expect(() => readConditions([one])).toThrow(refused('rule-condition'))
    expect(() => readConditions({ fact: 'batch-intact', op: 'is', value: true })).toThrow(refused('rule-condition'))
    const twice = [1, 2].map(value => ({ fact: 'records', op: 'at-least', value }))
    expect(() => readConditions(twice)).toThrow(refused('rule-condition-twice'))
  })
})

describe('what a rule does', () => {
  it('is one of what there is', () => {
    for (const action of [
      { act: 'approve' },
      { act: 'hold', reason: 'look-closer', hours: 24 },
      { act: 'tag', tag: 'large-book' },
      { act: 'priority', priority: 'urgent' },
      { act: 'leave' },
    ])
      expect(readAction(action)).toEqual(action)
  })

  it('is refused by the field that is wrong', () => {
    expect(() => readAction({ act: 'decline' })).toThrow(refused('rule-act'))
    expect(() => readAction(null)).toThrow(refused('rule-act'))
    expect(() => readAction({ act: 'hold', reason: 'because', hours: 1 })).toThrow(refused('rule-reason'))
    expect(() => readAction({ act: 'hold', reason: 'look-closer', hours: 0 })).toThrow(refused('rule-hours'))
    expect(() => readAction({ act: 'tag', tag: 'Large book' })).toThrow(refused('rule-tag'))
    expect(() => readAction({ act: 'tag', tag: '=1+1' })).toThrow(refused('rule-tag'))
    expect(() => readAction({ act: 'priority', priority: 'normal' })).toThrow(refused('rule-priority'))
  })
})
