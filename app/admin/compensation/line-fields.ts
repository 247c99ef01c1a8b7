import type { Fields } from '@/app/_shell/read-fields'
import { digitsOf } from '@/app/account/compensation/grant-words'
import { numberFacts, yesNoFacts } from '@/domain/compensation/facts'
import { type Line, mostLines } from '@/domain/compensation/lines'

export const lineField = (at: number, name: string): string => `lines.${at}.${name}`
/** Lines of a form that shows `count`: one more, as long as there may be. */
export const shownLines = (count: number): number => Math.min(count + 1, mostLines)

/** What the form says, for the domain to judge. A line in which nothing is filled in is none. */
export function linesIn(fields: Fields): unknown[] {
  return Array.from({ length: mostLines }, (_, at) => lineIn(fields, at)).flatMap(line => line ?? [])
}

function lineIn(fields: Fields, at: number): unknown {
  const all = (name: string) => [fields[lineField(at, name)] ?? []].flat().filter(value => value.trim() !== '')
  const one = (name: string) => all(name)[0]?.trim() ?? ''
  const numbers = numberFacts.flatMap(fact =>
    one(fact) === '' ? [] : [{ fact, op: 'at-least', value: Number(one(fact)) }],
  )
  const conditions = [
    ...(all('loss').length === 0 ? [] : [{ fact: 'loss', op: 'any-of', value: all('loss') }]),
    ...yesNoFacts.flatMap(fact => (one(fact) === '' ? [] : [{ fact, op: 'is', value: one(fact) === 'yes' }])),
    ...numbers,
  ]
  const isEmpty = ['name', 'amount', 'months', 'en', 'fr'].every(name => one(name) === '')
  return isEmpty && conditions.length === 0 ? null : { name: one('name'), conditions, grant: grantIn(one) }
}

function grantIn(one: (name: string) => string): unknown {
  const kind = one('kind')
  if (kind === 'months') return { kind, months: Number(one('months')) }
  if (kind === 'words') return { kind, en: one('en'), fr: one('fr') }
  const currency = one('currency').toUpperCase()
  return { kind, amount: minorUnits(one('amount'), currency), currency }
}

/** "25.50" or "25,50" in the currency's minor units; NaN where it is no amount of it. */
function minorUnits(text: string, currency: string): number {
  const [, whole = '', part = ''] = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(text) ?? []
  if (whole === '' || !/^[A-Z]{3}$/.test(currency)) return Number.NaN
  const digits = digitsOf(currency)
  return part.length > digits ? Number.NaN : Number(`${whole}${part.padEnd(digits, '0')}`)
}

/** What the fields of a form hold that shows these lines. */
export function valuesOfLines(lines: readonly Line[]): Record<string, string[]> {
  const values: Record<string, string[]> = {}
  lines.forEach(({ name, conditions, grant }, at) => {
    const set = (field: string, ...said: string[]) => {
      values[lineField(at, field)] = said
    }
    set('name', name)
    for (const one of conditions) {
      if (one.fact === 'loss') set('loss', ...one.value)
      else set(one.fact, one.op === 'is' ? (one.value ? 'yes' : 'no') : String(one.value))
    }
    set('kind', grant.kind)
    if (grant.kind === 'credit') {
      const digits = digitsOf(grant.currency)
      set('amount', (grant.amount / 10 ** digits).toFixed(digits))
      set('currency', grant.currency)
    } else if (grant.kind === 'months') set('months', String(grant.months))
    else {
      set('en', grant.en)
      set('fr', grant.fr)
    }
  })
  return values
}
