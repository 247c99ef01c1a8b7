import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Query } from '@/app/_shell/page'
import {
  type Answers,
  answersAsQuery,
  countChoices,
  readAnswers,
  rules,
  singleChoices,
  tooManyChoices,
} from '@/app/account/restore/answers'
import { parseRanges, writeRanges } from '@/app/account/restore/ranges'
import { firstOpen } from '@/app/account/restore/steps'

const queryOf = (text: string): Query => {
  const given = new URLSearchParams(text)
  return new Query(Object.fromEntries([...new Set(given.keys())].map(name => [name, given.getAll(name)])))
}

const uuid = fc.uuid()
const choices = fc
  .array(fc.tuple(fc.nat(5_000), fc.constantFrom(...singleChoices)), { maxLength: 60 })
  .map(pairs => new Map(pairs))
const answers: fc.Arbitrary<Answers> = fc
  .record({
    key: uuid,
    take: fc.uniqueArray(uuid, { maxLength: 6 }),
    extent: fc.constantFrom('some' as const, null),
    mine: fc.array(choices, { minLength: 6, maxLength: 6 }),
    account: fc.option(uuid),
    rule: fc.option(fc.constantFrom(...rules)),
  })
  .map(({ mine, take, ...rest }) => ({
    ...rest,
    take,
    choices: new Map(take.flatMap((id, i) => (mine[i]?.size ? [[id, mine[i]] as const] : []))),
  }))

describe('answers in the address', () => {
  it('come back as they were given', () => {
    fc.assert(
      fc.property(answers, given => {
        expect(readAnswers(queryOf(answersAsQuery(given)))).toEqual(given)
      }),
    )
  })

  it('are nothing but answers, whatever the address holds', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), text => {
        const read = readAnswers(queryOf(text))
        expect(read.key).toMatch(/^[0-9a-f-]{36}$/)
        expect(firstOpen(read)).toBeTruthy()
      }),
    )
  })

  it('ask first for what is missing', () => {
    const id = '0192f0c1-7d3a-7c1e-8f00-3a2b1c0d9e8f'
    const query = `key=${id}&take=${id}&extent=all&account=${id}&rule=merge`
    expect(firstOpen(readAnswers(queryOf('')))).toBe('what')
    expect(firstOpen(readAnswers(queryOf(query)))).toBe('check')
    expect(firstOpen(readAnswers(queryOf(query.replace('&rule=merge', ''))))).toBe('rule')
  })

  it('drop the word on single records where everything is wanted', () => {
    const id = '0192f0c1-7d3a-7c1e-8f00-3a2b1c0d9e8f'
    const some = readAnswers(queryOf(`take=${id}&extent=some&c=${id}.o.0-2_7&c=${id}.m.9`))
    expect(countChoices(some)).toEqual({ out: 4, own: 1 })
    const all = readAnswers(queryOf(`take=${id}&extent=all&c=${id}.o.0-2_7`))
    expect(countChoices(all)).toEqual({ out: 0, own: 0 })
  })

  it('are read up to one word more than a request takes, however many the address names', () => {
    const ids = Array.from({ length: 500 }, () => randomUUID())
    const many = readAnswers(queryOf(`extent=some&${ids.map(id => `c=${id}.o.0-9999`).join('&')}`))
    expect([...many.choices.values()].reduce((sum, one) => sum + one.size, 0)).toBe(10_001)
  })

  it('say when they are more than an address can carry', () => {
    const id = '0192f0c1-7d3a-7c1e-8f00-3a2b1c0d9e8f'
    const scattered = new Map(Array.from({ length: 2_000 }, (_, i) => [i * 2, 'out' as const]))
    const base = readAnswers(queryOf(`take=${id}&extent=some`))
    expect(tooManyChoices({ ...base, choices: new Map([[id, scattered]]) })).toBe(true)
    expect(tooManyChoices(base)).toBe(false)
  })
})

describe('ranges', () => {
  it('hold the same ordinals, each once and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9_999)), ordinals => {
        expect(parseRanges(writeRanges(ordinals))).toEqual([...new Set(ordinals)].sort((a, b) => a - b))
      }),
    )
  })

  it.each(['', '-', '5-3', '1-99999999999', 'x', '-1', '1.5'])('reads nothing of %j', text => {
    expect(parseRanges(text)).toEqual([])
  })

  it('reads no more than ten thousand', () => {
    expect(parseRanges('0-9999999')).toHaveLength(10_000)
  })
})
