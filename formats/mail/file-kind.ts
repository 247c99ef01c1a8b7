import { fileTypeFromBuffer } from 'file-type'

const images = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/heic', 'image/heif', 'image/avif'])
const begins: [RegExp, string][] = [
  [/^\s*BEGIN:VCARD\r?\n/i, 'text/vcard'],
  [/^\s*BEGIN:VCALENDAR\r?\n/i, 'text/calendar'],
]

/**
 * The media type of a file by what is in it, whatever it is called: pictures, PDF, vCard, iCalendar and plain text. Null for
 * anything else. Text is what is UTF-8 without controls, so that what browsers and systems run as programs is mostly none.
 */
export async function fileKind(bytes: Uint8Array): Promise<string | null> {
  const known = await fileTypeFromBuffer(bytes)
  if (known)
    return images.has(known.mime) || known.mime === 'application/pdf' ? known.mime : textKind(bytes, known.mime)
  return textKind(bytes, null)
}

function textKind(bytes: Uint8Array, known: string | null): string | null {
  // What has a form of its own is no plain text, although it may be written in letters.
  if (known !== null && !known.startsWith('text/')) return null
  const text = utf8(bytes)
  if (text === null || /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/.test(text)) return null
  return begins.find(([form]) => form.test(text))?.[1] ?? 'text/plain'
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
