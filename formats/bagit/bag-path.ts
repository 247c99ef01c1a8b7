import type { BagitVersion } from './declaration'

export type PathProblem = { code: 'unsafe-path' | 'malformed-path'; detail: string }

/**
 * Undoes a manifest's percent-encoding: CR, LF and % since 1.0, CR and LF in 0.97, nothing before (RFC 8493
 * section 2.1.3). Anything else stays as written. `stray` says that 1.0 wanted a "%" encoded and it was not.
 */
export function decodePath(written: string, rules: BagitVersion): { path: string; stray: boolean } {
  if (!written.includes('%') || (rules !== '1.0' && rules !== '0.97')) return { path: written, stray: false }
  let stray = false
  const path = written.replace(/%(0[aA]|0[dD]|25)?/g, (found, code: string | undefined) => {
    if (code === '25' && rules === '1.0') return '%'
    if (code === undefined || code === '25') {
      stray ||= rules === '1.0'
      return found
    }
    return code.toLowerCase() === '0a' ? '\n' : '\r'
  })
  return { path, stray }
}

/** Writes a path as a 1.0 manifest wants it. */
export function encodePath(path: string): string {
  return path.replace(/[%\r\n]/g, found => `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
}

/**
 * What keeps a listed path from naming a file inside the bag (RFC 8493 section 5.1), null where nothing does. Paths are
 * only ever compared with the listing, never opened; this says so loudly where somebody hoped otherwise.
 */
export function pathProblem(path: string): PathProblem | null {
  const unsafe = (detail: string): PathProblem => ({ code: 'unsafe-path', detail })
  if (path.includes('\0')) return unsafe('It holds a NUL.')
  if (path.startsWith('/')) return unsafe('It is absolute.')
  if (path.startsWith('~')) return unsafe("It begins with somebody's home directory.")
  if (/^[A-Za-z]:/.test(path)) return unsafe('It begins with a drive letter.')
  if (path.includes('\\')) return unsafe('It holds a backslash; "/" is the only separator.')
  const segments = path.split('/')
  if (segments.includes('..')) return unsafe('It climbs with "..".')
  if (path.endsWith('/')) return { code: 'malformed-path', detail: 'It names a directory.' }
  if (segments.includes('') || segments.includes('.')) {
    return { code: 'malformed-path', detail: 'It has an empty or "." segment.' }
  }
  if (/\p{Surrogate}/u.test(path)) return { code: 'malformed-path', detail: 'It is not well-formed Unicode.' }
  return null
}

/** Paths that are equal in this form are one file on some systems: case and Unicode normalization do not count. */
export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase()
}

/** Order of the paths' UTF-8 bytes, which is that of code points (a UTF-16 comparison puts U+10000 before U+E000). */
export function comparePaths(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i)
    const right = b.charCodeAt(i)
    if (left === right) continue
    const leftHigh = left >= 0xd800 && left <= 0xdfff
    const rightHigh = right >= 0xd800 && right <= 0xdfff
    if (leftHigh !== rightHigh) return leftHigh ? 1 : -1
    return left - right
  }
  return a.length - b.length
}
