import type { ContentLine } from '@/formats/content-lines/content-line'

export interface InlineMedia {
  /** Lower case; null where the card does not say. */
  mediaType: string | null
  bytes: Uint8Array
}

const families: Readonly<Record<string, string>> = { PHOTO: 'image', LOGO: 'image', SOUND: 'audio', KEY: 'application' }

/**
 * The bytes that a property holds in itself: base64 (vCard 2.1 and RFC 2426 section 2.4.1) or a data: URI (RFC 6350
 * section 6.2.4, RFC 2397). Null where it holds none, or base64 that is none.
 */
export function inlineMedia(line: ContentLine): InlineMedia | null {
  const isBase64 = line.header.encoding === 'base64'
  const family = families[line.name]
  if (!isBase64 && family === undefined) return null
  const value = isBase64 ? line.latin1Value : line.text
  if (/^\s*data:/i.test(value.slice(0, 16))) return fromDataUri(value.trim())
  if (!isBase64 || !/^[A-Za-z0-9+/=\s]*$/.test(value)) return null
  return { mediaType: declaredType(line, family ?? 'application'), bytes: line.binary }
}

function fromDataUri(uri: string): InlineMedia | null {
  const comma = uri.indexOf(',')
  if (comma < 0) return null
  const [type = '', ...attributes] = uri.slice('data:'.length, comma).replaceAll('\\', '').split(';')
  const data = uri.slice(comma + 1)
  const mediaType = type.trim().toLowerCase() || null
  if (attributes.some(attribute => attribute.trim().toLowerCase() === 'base64')) {
    return /^[A-Za-z0-9+/=_\s-]*$/.test(data) ? { mediaType, bytes: Buffer.from(data, 'base64') } : null
  }
  const latin1 = data.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return { mediaType, bytes: Buffer.from(latin1, 'latin1') }
}

/** MEDIATYPE, or a TYPE that is not a place: "JPEG" stands for image/jpeg. */
function declaredType(line: ContentLine, family: string): string | null {
  const full = line.param('MEDIATYPE')
  if (full) return full.toLowerCase()
  for (const type of line.paramValues('TYPE').flatMap(value => value.split(','))) {
    const lower = type.trim().toLowerCase()
    if (lower.includes('/')) return lower
    if (lower === 'jpg') return `${family}/jpeg`
    if (lower !== '' && !places.has(lower)) return `${family}/${lower}`
  }
  return null
}

const places = new Set(['home', 'work', 'pref', 'other', 'internet'])
