import { decodeText } from './decode-text'

export interface Param {
  /** Upper case. */
  readonly name: string
  /** Unquoted, RFC 6868 carets resolved, in order. */
  readonly values: readonly string[]
}

/** What stands before the colon of a content line. Shared between lines that read the same: never changed. */
export interface LineHeader {
  readonly group: string | null
  /** Upper case. */
  readonly name: string
  readonly params: readonly Param[]
  readonly encoding: 'quoted-printable' | 'base64' | null
  readonly charset: string | null
}

export const emptyHeader: LineHeader = { group: null, name: '', params: [], encoding: null, charset: null }

const encodings = new Set(['QUOTED-PRINTABLE', 'BASE64', '8BIT', '7BIT'])
const valueTypes = new Set(['URL', 'URI', 'INLINE', 'CONTENT-ID', 'CID'])

interface CachedHeader {
  written: Buffer
  header: LineHeader
}

/** Headers repeat by the million: each is parsed once, found again by its bytes without making text of them. */
const cacheSlots = 2048
const cachedLength = 80
const cache = new Array<CachedHeader | undefined>(cacheSlots)

/** The header in bytes[start..end), of which `hash` is any hash: the same for the same bytes. */
export function headerAt(bytes: Buffer, start: number, end: number, hash: number): LineHeader {
  const slot = hash & (cacheSlots - 1)
  const cached = cache[slot]
  if (cached !== undefined && isWritten(bytes, start, end, cached.written)) return cached.header
  const header = parseHeader(bytes.toString('latin1', start, end))
  if (end - start <= cachedLength) cache[slot] = { written: Buffer.from(bytes.subarray(start, end)), header }
  return header
}

function isWritten(bytes: Buffer, start: number, end: number, written: Buffer): boolean {
  if (written.length !== end - start) return false
  for (let i = 0; i < written.length; i++) if (bytes[start + i] !== written[i]) return false
  return true
}

/**
 * Parses `[group.]NAME[;PARAM=value,...]` given as Latin-1 characters for bytes (RFC 6350 section 3.3, RFC 5545 section
 * 3.1). A parameter without "=" is read as vCard 2.1 means it: an encoding, a value type, else a TYPE.
 */
export function parseHeader(latin1: string): LineHeader {
  const parts = splitOutsideQuotes(latin1, ';')
  const token = cleanName(parts[0]!)
  const dot = token.lastIndexOf('.')
  const params: Param[] = []
  let encoding: LineHeader['encoding'] = null
  let charset: string | null = null
  for (let i = 1; i < parts.length; i++) {
    const param = parseParam(parts[i]!)
    if (!param) continue
    params.push(param)
    const value = param.values[0] ?? ''
    if (param.name === 'CHARSET') charset = value
    if (param.name === 'ENCODING') encoding = encodingOf(value) ?? encoding
  }
  return {
    group: dot > 0 ? token.slice(0, dot) : null,
    name: token.slice(dot + 1).toUpperCase(),
    params,
    encoding,
    charset,
  }
}

function encodingOf(value: string): LineHeader['encoding'] {
  const upper = value.toUpperCase()
  if (upper === 'QUOTED-PRINTABLE') return 'quoted-printable'
  return upper === 'BASE64' || upper === 'B' ? 'base64' : null
}

/** NUL bytes, blanks and byte order marks around a name are noise of storage, not part of it. */
const cleanName = (token: string): string => token.replace(/^(?:[\0\s]|\xef\xbb\xbf)+|[\0\s]+$/g, '')

function parseParam(part: string): Param | null {
  const equals = part.indexOf('=')
  if (equals < 0) {
    const bare = part.trim()
    if (bare === '') return null
    const upper = bare.toUpperCase()
    const name = encodings.has(upper) ? 'ENCODING' : valueTypes.has(upper) ? 'VALUE' : 'TYPE'
    return { name, values: splitOutsideQuotes(bare, ',').map(paramText) }
  }
  return {
    name: part.slice(0, equals).trim().toUpperCase(),
    values: splitOutsideQuotes(part.slice(equals + 1), ',').map(paramText),
  }
}

function paramText(latin1: string): string {
  let value = latin1.trim()
  if (value.length >= 2 && value.startsWith('"') && value.endsWith('"')) value = value.slice(1, -1)
  if (/[\x80-\xff]/.test(value)) value = decodeText(Buffer.from(value, 'latin1'), null).text
  if (!value.includes('^')) return value
  return value.replace(/\^[n'^]/gi, pair => (pair[1] === '^' ? '^' : pair[1] === "'" ? '"' : '\n'))
}

/** Splits at `separator` outside double quotes; a quote that is never closed is an ordinary character. */
function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator)
  const parts: string[] = []
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '"') {
      const closing = text.indexOf('"', i + 1)
      if (closing > 0) i = closing
    } else if (character === separator) {
      parts.push(text.slice(from, i))
      from = i + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}
