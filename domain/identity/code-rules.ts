import { timingSafeEqual } from 'node:crypto'
import type { Secrets } from '@/domain/subscriber/secrets'

export const codeDigits = 8
export const codeMinutes = 10
/** Wrong codes after which nobody may try for a while; each such number of them again, the while doubles. */
export const failuresBeforeWait = 5
/** Codes that may be asked for. */
export const sendsAllowed = [
  { most: 5, minutes: 15 },
  { most: 20, minutes: 24 * 60 },
] as const

const firstWaitMinutes = 60
const longestWaitMinutes = 24 * 60

/**
 * The digits of a code: a keyed digest of its row's id, so that it need not be stored to be sent, and whoever reads the
 * table knows none. One for each key of the ring, the current key's first.
 */
export const codesOf = (secrets: Secrets, codeId: string): string[] =>
  secrets.blindIndexes(codeId, 'identity-code').map(digest => {
    // 12 hex digits are 48 bits: the bias of the remainder is below one in a million.
    return String(Number.parseInt(digest.slice(0, 12), 16) % 10 ** codeDigits).padStart(codeDigits, '0')
  })

/** "1234 5678": as it is written in a message. */
export const spacedCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

/**
 * What was typed without the spaces, dashes and dots that people set between digits, and without what no screen shows, which
 * copying brings along; null where it is no code. An operator's codes have six to ten digits.
 */
export function typedCode(text: string, isOperators = false): string | null {
  const digits = text.normalize('NFKC').replaceAll(/[\s\p{Pd}\p{Cf}.]/gu, '')
  const form = isOperators ? /^[0-9]{6,10}$/ : new RegExp(`^[0-9]{${codeDigits}}$`)
  return form.test(digits) ? digits : null
}

/** Whether a code is one of those that are right; takes the same time whichever digit differs. */
export const isOneOf = (code: string, right: readonly string[]): boolean =>
  right.filter(one => timingSafeEqual(Buffer.from(one), Buffer.from(code))).length > 0

/** Until when nobody may try after so many failures in a row; null where one more may be tried at once. */
export function waitAfter(failures: number, now: Date): Date | null {
  if (failures === 0 || failures % failuresBeforeWait !== 0) return null
  const minutes = Math.min(longestWaitMinutes, firstWaitMinutes * 2 ** (failures / failuresBeforeWait - 1))
  return new Date(now.getTime() + minutes * 60_000)
}

/** When the next code may be asked for; null: now. `sentAt`: when those of the last day were. */
export function nextSendAt(sentAt: readonly Date[], now: Date): Date | null {
  const times = sendsAllowed.flatMap(({ most, minutes }) => {
    const within = sentAt.filter(at => now.getTime() - at.getTime() < minutes * 60_000)
    const [first] = within.sort((a, b) => a.getTime() - b.getTime()).slice(-most)
    return within.length < most || first === undefined ? [] : [first.getTime() + minutes * 60_000]
  })
  return times.length === 0 ? null : new Date(Math.max(...times))
}
