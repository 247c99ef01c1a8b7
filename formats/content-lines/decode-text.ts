import { isUtf8 } from 'node:buffer'

const decoders = new Map<string, TextDecoder | null>()

/** The decoder for a CHARSET parameter (WHATWG labels), null where nobody knows the label. */
function decoderFor(label: string): TextDecoder | null {
  const key = label.trim().toLowerCase()
  let decoder = decoders.get(key)
  if (decoder === undefined) {
    try {
      decoder = new TextDecoder(key === 'ansi' ? 'windows-1252' : key)
    } catch {
      decoder = null
    }
    if (decoders.size < 256) decoders.set(key, decoder)
  }
  return decoder
}

type TextFlaw = 'not-utf8' | 'unknown-charset'
export interface DecodedText {
  text: string
  flaw: TextFlaw | null
}

/**
 * Bytes to text. Without a charset (or with UTF-8) invalid bytes are read as Windows-1252 one by one, so that the valid
 * sequences beside them stay right, and the flaw says so. An unknown charset is read as if none were given.
 */
export function decodeText(bytes: Buffer, charset: string | null): DecodedText {
  if (charset !== null && !/^\s*utf-?8\s*$/i.test(charset)) {
    const decoder = decoderFor(charset)
    if (decoder?.encoding === 'windows-1252') return { text: decodeWindows1252(bytes), flaw: null }
    if (decoder) return { text: decoder.decode(bytes), flaw: null }
    return { text: decodeUtf8Tolerantly(bytes), flaw: 'unknown-charset' }
  }
  if (isUtf8(bytes)) return { text: bytes.toString('utf8'), flaw: null }
  return { text: decodeUtf8Tolerantly(bytes), flaw: 'not-utf8' }
}

/** UTF-8 given as Latin-1 characters for bytes; null where it is none, or beyond what this short way knows. */
export function decodeShortUtf8(latin1: string): string | null {
  let text = ''
  let plain = 0
  for (let i = 0; i < latin1.length; i++) {
    const first = latin1.charCodeAt(i)
    if (first < 0x80) continue
    const second = latin1.charCodeAt(i + 1)
    if (!(second >= 0x80 && second < 0xc0)) return null
    let code: number
    let length = 2
    if (first >= 0xc2 && first < 0xe0) {
      code = ((first & 0x1f) << 6) | (second & 0x3f)
    } else if (first >= 0xe1 && first < 0xf0 && first !== 0xed) {
      const third = latin1.charCodeAt(i + 2)
      if (!(third >= 0x80 && third < 0xc0)) return null
      code = ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f)
      length = 3
    } else {
      return null
    }
    text += latin1.slice(plain, i) + String.fromCharCode(code)
    plain = i + length
    i = plain - 1
  }
  return text + latin1.slice(plain)
}

const windows1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178'

/** By our own table: TextDecoder of Node 20 reads 0x80 to 0x9f as control characters. */
function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\x80-\x9f]/g, byte => windows1252[byte.charCodeAt(0) - 0x80]!)
}

/** UTF-8 where it is UTF-8, Windows-1252 where it is not (0x81, 0x8d, 0x8f, 0x90, 0x9d become C1 controls). */
function decodeUtf8Tolerantly(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  let text = ''
  let valid = 0
  let i = 0
  while (i < bytes.length) {
    const length = sequenceLength(bytes, i)
    if (length > 0) {
      i += length
      continue
    }
    text += bytes.toString('utf8', valid, i) + decodeWindows1252(bytes.subarray(i, i + 1))
    i += 1
    valid = i
  }
  return text + bytes.toString('utf8', valid)
}

/** Bytes of the well-formed UTF-8 sequence at `i`, 0 where there is none (RFC 3629 section 4). */
function sequenceLength(bytes: Buffer, i: number): number {
  const first = bytes[i]!
  if (first < 0x80) return 1
  const length =
    first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
  if (length === 0 || i + length > bytes.length) return 0
  return isUtf8(bytes.subarray(i, i + length)) ? length : 0
}

interface DecodedBytes {
  bytes: Buffer
  /** True where something was not what the encoding allows; it is kept as it stood. */
  flawed: boolean
}

/** Quoted-printable (RFC 2045 section 6.7) of a value whose soft breaks are already gone. Latin-1 characters are bytes. */
export function decodeQuotedPrintable(latin1: string): DecodedBytes {
  const bytes = Buffer.allocUnsafe(latin1.length)
  let length = 0
  let flawed = false
  for (let i = 0; i < latin1.length; i++) {
    const code = latin1.charCodeAt(i)
    if (code === 0x3d) {
      const high = hexDigit(latin1.charCodeAt(i + 1))
      const low = hexDigit(latin1.charCodeAt(i + 2))
      if (high >= 0 && low >= 0) {
        bytes[length++] = (high << 4) | low
        i += 2
        continue
      }
      if (i === latin1.length - 1) break
      flawed = true
    }
    bytes[length++] = code
  }
  return { bytes: bytes.subarray(0, length), flawed }
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  if (code >= 0x41 && code <= 0x46) return code - 0x37
  if (code >= 0x61 && code <= 0x66) return code - 0x57
  return -1
}

/** Base64 with line breaks, blanks or missing padding. Other characters are skipped and flagged. */
export function decodeBase64(latin1: string): DecodedBytes {
  const bytes = Buffer.from(latin1, 'base64')
  return { bytes, flawed: /[^A-Za-z0-9+/=\s_-]/.test(latin1) }
}
