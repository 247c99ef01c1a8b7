import { randomUUID } from 'node:crypto'
import { validate as isUuid } from 'uuid'
import type { Query } from '@/app/_shell/page'
import { parseRanges, writeRanges } from '@/app/account/restore/ranges'

export const rules = ['keep_both', 'merge', 'keep_current'] as const
type Rule = (typeof rules)[number]

/** The word on one record: left out, or a rule of its own. */
export const singleChoices = ['out', ...rules] as const
export type SingleChoice = (typeof singleChoices)[number]

/**
 * What was answered so far. It travels in the address, holds ids and numbers only, and so survives reload, the back
 * button and a sign-in in between, without scripts and without a draft that somebody must clear away.
 */
export interface Answers {
  /** Made once for each walk through the questions: it files one request, and with other answers none. */
  key: string
  /** Holdings. */
  take: string[]
  extent: 'all' | 'some' | null
  /** By holding, by ordinal. */
  choices: Map<string, Map<number, SingleChoice>>
  account: string | null
  rule: Rule | null
}

const shorts: Record<SingleChoice, string> = { out: 'o', keep_both: 'b', merge: 'm', keep_current: 'c' }
const longest = 6_000
/** Words on single records that are read, over all holdings: one more than a request takes, so that it is refused and none is lost. */
const mostChoices = 10_001

export function readAnswers(query: Query): Answers {
  const choices: Answers['choices'] = new Map()
  let room = mostChoices
  for (const given of query.all('c')) {
    const [holding = '', short, ranges = ''] = given.split('.')
    const choice = singleChoices.find(one => shorts[one] === short)
    if (choice === undefined || !isUuid(holding)) continue
    const mine = choices.get(holding) ?? new Map<number, SingleChoice>()
    const ordinals = parseRanges(ranges, room)
    room -= ordinals.length
    for (const ordinal of ordinals) mine.set(ordinal, choice)
    choices.set(holding, mine)
  }
  const key = query.one('key') ?? ''
  const extent = query.one('extent')
  const account = query.one('account')
  return {
    key: isUuid(key) ? key : randomUUID(),
    take: [...new Set(query.all('take').filter(isUuid))].slice(0, 20),
    extent: extent === 'all' || extent === 'some' ? extent : null,
    choices: extent === 'all' ? new Map() : choices,
    account: account && isUuid(account) ? account : null,
    rule: rules.find(one => one === query.one('rule')) ?? null,
  }
}

/** The answers as form fields or address, without those that a page asks for itself. */
export function answersAsFields(answers: Answers, without: readonly string[] = []): Record<string, string[]> {
  const { key, take, extent, choices, account, rule } = answers
  const fields: Record<string, string[]> = {
    key: [key],
    take,
    extent: extent === null ? [] : [extent],
    c: take.flatMap(holding => choicesOf(holding, choices.get(holding))),
    account: account === null ? [] : [account],
    rule: rule === null ? [] : [rule],
  }
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !without.includes(name)))
}

export function answersAsQuery(answers: Answers): string {
  const pairs = Object.entries(answersAsFields(answers)).flatMap(([name, values]) => values.map(value => [name, value]))
  return new URLSearchParams(pairs).toString()
}

export const tooManyChoices = (answers: Answers): boolean => answersAsQuery(answers).length > longest

function choicesOf(holding: string, mine: Map<number, SingleChoice> | undefined): string[] {
  if (mine === undefined) return []
  return singleChoices.flatMap(choice => {
    const ordinals = [...mine].flatMap(([ordinal, one]) => (one === choice ? [ordinal] : []))
    return ordinals.length === 0 ? [] : [`${holding}.${shorts[choice]}.${writeRanges(ordinals)}`]
  })
}

export function countChoices({ take, choices }: Answers): { out: number; own: number } {
  const all = take.flatMap(holding => [...(choices.get(holding)?.values() ?? [])])
  const out = all.filter(one => one === 'out').length
  return { out, own: all.length - out }
}
