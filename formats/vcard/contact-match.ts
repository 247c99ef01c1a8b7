import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { unescapeText } from '@/formats/content-lines/text-value'
import { textOf } from './canonical-value'
import { formattedName, phoneText, structuredParts } from './card-name'
import type { Card } from './read-cards'

export interface ContactKeys {
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

/** Numbers plain enough to need no metadata, and most are: what libphonenumber would say, two hundred times as fast. */
function simplePhone(written: string, region: string): string | null {
  if (!/^\+?[0-9(][0-9 ().-]*$/.test(written) || written.includes('(0)')) return null
  const digits = written.replace(/[^0-9]/g, '')
  const country = region.toUpperCase()
  if (written.startsWith('+')) return isNorthAmerican(digits) || isFrench(digits) ? `+${digits}` : null
  if (country === 'US' || country === 'CA') {
    if (isNorthAmerican(`1${digits}`)) return `+1${digits}`
    return isNorthAmerican(digits) ? `+${digits}` : null
  }
  return country === 'FR' && digits.startsWith('0') && isFrench(`33${digits.slice(1)}`) ? `+33${digits.slice(1)}` : null
}

const isNorthAmerican = (digits: string): boolean => /^1[2-9]\d{2}[2-9]\d{6}$/.test(digits)
const isFrench = (digits: string): boolean => /^33[1-9]\d{8}$/.test(digits)

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
