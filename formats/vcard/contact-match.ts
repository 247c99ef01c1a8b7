import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { unescapeText } from '@/formats/content-lines/text-value'
import { textOf } from './canonical-value'
import { formattedName, phoneText, structuredParts } from './card-name'
import type { Card } from './read-cards'

interface ContactKeys {
  /** E.164 where the number says enough, else its digits; numbers too short to be one person's are left out. */
  phones: string[]
  /** Lower case. */
  emails: string[]
}

const minDigits = 7

/** By what two cards may be of one person. `region` is the country (ISO 3166) whose national numbers have no prefix. */
export function contactKeys(card: Card, region: string): ContactKeys {
  const phones: string[] = []
  const emails: string[] = []
  for (const line of card.lines) {
    if (line.name === 'TEL') {
      const key = phoneKey(unescapeText(textOf(line)), region)
      if (key !== null && !phones.includes(key)) phones.push(key)
    } else if (line.name === 'EMAIL') {
      const key = emailKey(unescapeText(textOf(line)))
      if (key !== null && !emails.includes(key)) emails.push(key)
    }
  }
  return { phones, emails }
}

/** Lower case without mailto:; null where nothing is left. */
export function emailKey(text: string): string | null {
  return (
    text
      .trim()
      .replace(/^mailto:/i, '')
      .toLowerCase() || null
  )
}

/** Null where the text is no number or too short to tell people apart. */
export function phoneKey(text: string, region: string): string | null {
  const written = phoneText(text.trim())
  const simple = simplePhone(written, region)
  if (simple !== null) return simple
  const country = region.toUpperCase()
  const number = parsePhoneNumberFromString(written, isSupportedCountry(country) ? country : undefined)
  if (number?.isPossible()) return number.number
  const digits = written.replace(/\D/g, '')
  return digits.length >= minDigits ? digits : null
}

interface NumberPlan {
  code: string
  /** What national numbers begin with and international ones do not. */
  trunk: string
  national: RegExp
}

const northAmerica: NumberPlan = { code: '1', trunk: '1', national: /^[2-9]\d{2}[2-9]\d{6}$/ }
/** Plans of one length, by region: most numbers need no more than this. */
const plans: Readonly<Record<string, NumberPlan>> = {
  US: northAmerica,
  CA: northAmerica,
  AU: { code: '61', trunk: '0', national: /^[2-478]\d{8}$/ },
  CH: { code: '41', trunk: '0', national: /^[2-7]\d{8}$/ },
  ES: { code: '34', trunk: '', national: /^[6-9]\d{8}$/ },
  FR: { code: '33', trunk: '0', national: /^[1-9]\d{8}$/ },
  GB: { code: '44', trunk: '0', national: /^[1-37]\d{9}$/ },
}
const everyPlan = Object.values(plans)

/** Numbers plain enough to need no metadata: what libphonenumber would say, more than ten times as fast. */
function simplePhone(written: string, region: string): string | null {
  if (!/^\+?[0-9(][0-9 ().-]*$/.test(written) || written.includes('(0)')) return null
  const digits = written.replace(/[^0-9]/g, '')
  if (written.startsWith('+')) {
    const known = everyPlan.some(
      ({ code, national }) => digits.startsWith(code) && national.test(digits.slice(code.length)),
    )
    return known ? `+${digits}` : null
  }
  const plan = plans[region.toUpperCase()]
  if (plan === undefined) return null
  const national = digits.startsWith(plan.trunk) ? digits.slice(plan.trunk.length) : digits
  // North America writes its numbers with and without the trunk prefix; elsewhere one without it is not plain.
  if (national === digits && plan.trunk !== '' && plan !== northAmerica) return null
  return plan.national.test(national) ? `+${plan.code}${national}` : null
}

/**
 * Whether two cards may bear the name of one person: the same words in any order, case and accents, middle names left out
 * and initials included ("J. Martin", "Jean Martin"). Different given names never are; one name alone fits a full name
 * only where it is its given name. A card without a name fits every other: there the number or address decides.
 */
export function compatibleNames(a: Card, b: Card): boolean {
  const one = wordsOf(a)
  const other = wordsOf(b)
  if (one.words.length === 0 || other.words.length === 0) return true
  const [fewer, more] = one.words.length <= other.words.length ? [one, other] : [other, one]
  if (fewer.words.length === 1 && more.words.length > 1) {
    return more.given !== null && more.given === fewer.words[0] && fewer.family !== fewer.words[0]
  }
  if (fewer.words.length === more.words.length && fewer.words.toSorted().join() === more.words.toSorted().join())
    return true
  return allFit(fewer.words, more.words)
}

/** Whether each of the fewer words stands for another one of the more, and at least one of them in full. */
function allFit(fewer: readonly string[], more: readonly string[]): boolean {
  const left = [...more]
  const others: string[] = []
  let inFull = 0
  for (const word of fewer) {
    const same = left.indexOf(word)
    if (same < 0) {
      others.push(word)
      continue
    }
    left.splice(same, 1)
    if (word.length > 1) inFull++
  }
  for (const word of others) {
    const fits = left.findIndex(candidate => isInitial(word, candidate) || isInitial(candidate, word))
    if (fits < 0) return false
    left.splice(fits, 1)
  }
  return inFull > 0
}

const isInitial = (word: string, of: string): boolean => word.length === 1 && of.startsWith(word)

const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'm', 'mme', 'mlle', 'jr', 'sr', 'phd'])

interface NameWords {
  words: string[]
  /** As N says, where it says one word each. */
  given: string | null
  family: string | null
}

/** The words of FN, else of N, without accents, case, titles and signs. */
function wordsOf(card: Card): NameWords {
  let formatted = ''
  let parts: string[] = []
  for (const line of card.lines) {
    if (line.name === 'FN' && formatted === '') formatted = unescapeText(textOf(line)).trim()
    else if (line.name === 'N' && parts.length === 0) parts = structuredParts('N', textOf(line))
  }
  return {
    words: folded(formatted || formattedName(parts)),
    given: folded(parts[1] ?? '')[0] ?? null,
    family: folded(parts[0] ?? '')[0] ?? null,
  }
}

function folded(text: string): string[] {
  const plain = /^[\0-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{Mn}+/gu, '')
  const words = plain
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '')
  const proper = words.filter(word => !titles.has(word))
  return proper.length > 0 ? proper : words
}
