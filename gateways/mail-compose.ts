import type { MailText, SharedText } from '@/domain/notification/mail-gateway'
import type { CheckedMail } from '@/gateways/mail-message'
import { quotedPrintable } from '@/gateways/mail-quoted-printable'

// Parts are quoted-printable, in which "=_" never occurs (RFC 2045 section 6.7).
const boundary = '=_homeward'
const plainText = /^[\x20-\x7e]*$/
const atoms = /^[A-Za-z0-9 !#$%&'*+/^_`{|}~-]*$/
const softLimit = 76
/** Sixty characters of base64, so that an encoded word has at most 75 (RFC 2047 section 2). */
const wordBytes = 45

const partHead = (type: string) =>
  `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`
const textHead = Buffer.from(`--${boundary}\r\n${partHead('text/plain')}`)
const htmlHead = Buffer.from(`\r\n--${boundary}\r\n${partHead('text/html')}`)
const foot = Buffer.from(`\r\n--${boundary}--\r\n`)

/** The bytes of a mail as it goes over the wire (RFC 5322, multipart/alternative of RFC 2046 section 5.1.4), in ASCII alone. */
export function composeMail(mail: CheckedMail, now: Date): Buffer {
  const { name, address } = mail.from
  const lines = [
    `From: ${name === '' ? address : `${phrase(name)} <${address}>`}`,
    `To: ${mail.to}`,
    ...(mail.replyTo === null ? [] : [`Reply-To: ${mail.replyTo}`]),
    headerLine('Subject', mail.subject),
    `Message-ID: ${mail.messageId}`,
    `Date: ${now.toUTCString().replace('GMT', '+0000')}`,
    ...Object.entries(mail.headers).map(([name, value]) => headerLine(name, value)),
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ]
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
  return Buffer.concat([head, textHead, ...encoded(mail.text), htmlHead, ...encoded(mail.html), foot])
}

const softLineBreak = Buffer.from('=\r\n')
const lineEnd = 10
const blanks = [9, 32]
const kept = new WeakMap<SharedText, Buffer>()

/** Each piece behind a soft line break: encoded alone it can be kept for the next mail, which is most of a mail's work. */
function encoded(text: MailText): Buffer[] {
  if (typeof text === 'string') return [quotedPrintable(text)]
  const parts: Buffer[] = []
  for (const piece of text) {
    const bytes = typeof piece === 'string' ? quotedPrintable(piece, true) : encodedOnce(piece)
    if (bytes.length === 0) continue
    const last = parts.at(-1)
    if (last && last.at(-1) !== lineEnd) parts.push(softLineBreak)
    parts.push(bytes)
  }
  // A blank that a line ends with would be taken away on its way (RFC 2045 section 6.7, rule 3).
  if (blanks.includes(parts.at(-1)?.at(-1) ?? 0)) parts.push(softLineBreak)
  return parts
}

function encodedOnce(piece: SharedText): Buffer {
  const known = kept.get(piece)
  if (known) return known
  const bytes = quotedPrintable(piece.shared, true)
  kept.set(piece, bytes)
  return bytes
}

function headerLine(name: string, value: string): string {
  if (!isPlain(value)) return `${name}: ${encodedWords(value)}`
  return folded(`${name}: ${value}`)
}

/** Text that could be taken for an encoded word is encoded itself. */
const isPlain = (text: string): boolean => plainText.test(text) && !text.includes('=?')

function phrase(name: string): string {
  if (!isPlain(name)) return encodedWords(name)
  return atoms.test(name) ? name : `"${name}"`
}

/** Breaks before single spaces between words, so that unfolding gives the same text (RFC 5322 section 2.2.3). */
function folded(line: string): string {
  if (line.length <= softLimit) return line
  const lines: string[] = []
  let current = ''
  for (const word of line.split(/(?<=\S)(?= \S)/)) {
    if (current !== '' && current.length + word.length > softLimit && !current.endsWith(':')) {
      lines.push(current)
      current = ''
    }
    current += word
  }
  return [...lines, current].join('\r\n')
}

/** RFC 2047 section 4.1; a character is never divided between two words. */
function encodedWords(text: string): string {
  const words: string[] = []
  let word = ''
  for (const character of text) {
    if (Buffer.byteLength(word + character) > wordBytes) {
      words.push(word)
      word = ''
    }
    word += character
  }
  return [...words, word].map(part => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ')
}
