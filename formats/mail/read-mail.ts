import PostalMime, { addressParser } from 'postal-mime'
import { HtmlTooDeep, htmlText } from '@/formats/mail/html-text'
import { isAutomatic } from '@/formats/mail/is-automatic'
import { type SplitReply, splitReply } from '@/formats/mail/split-reply'
import { parseMailAddress } from '@/formats/mail-address'

/** One part of a mail that is a file. */
export interface MailFile {
  /** As the mail calls it, without folders; '' where it does not. */
  name: string
  bytes: Uint8Array
}

/** What a mail says, without its form. */
export interface ReadMail extends SplitReply {
  /** The one address that it is from (RFC 5322 section 3.6.2); null where it names none, or several. */
  from: string | null
  /** Without angle brackets. */
  messageId: string | null
  /** A program wrote it, or a list sent it (RFC 3834, RFC 2919): nobody waits for an answer. */
  automatic: boolean
  /** How many servers it has passed (RFC 5321 section 6.3). */
  hops: number
  files: MailFile[]
}

/** It is not read, for a reason that never repeats what it says. */
export class MailUnreadable extends Error {
  constructor(detail: string) {
    super(`A mail cannot be read: ${detail}.`)
    this.name = 'MailUnreadable'
  }
}

/** Beyond these a mail is made to hurt. Bytes, except where named. */
export const mailLimits = {
  headers: 256 * 1024,
  /** Header lines of the whole mail. */
  headerLines: 1_000,
  /** Parts within parts. */
  depth: 12,
  /** Lines that may begin a part. */
  parts: 2_000,
  /** Of HTML or text, characters. */
  text: 4_000_000,
  files: 200,
} as const

/** Reads a mail (RFC 5322, MIME). Throws {@link MailUnreadable}, and for no mail anything else. */
export async function readMail(bytes: Uint8Array): Promise<ReadMail> {
  refuseHurtful(bytes)
  const mail = await parsed(bytes)
  const headers = mail.headers.map(({ key, value }) => [key, value] as const)
  const written = mail.text?.trim() ? mail.text : textOf(bounded(mail.html ?? ''))
  const senders = headers.filter(([key]) => key === 'from').flatMap(([, value]) => addressParser(value))
  if (mail.attachments.length > mailLimits.files) throw new MailUnreadable('it has too many files')
  return {
    ...splitReply(readable(bounded(written))),
    from: senders.length === 1 ? plainAddress(senders[0]?.address) : null,
    messageId: mail.messageId ? messageIdOf(mail.messageId) : null,
    automatic: isAutomatic(headers),
    hops: headers.filter(([key]) => key === 'received').length,
    files: mail.attachments.map(({ filename, content }) => ({
      name: readable(filename ?? '')
        .replace(/^.*[/\\]/s, '')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 100),
      bytes: new Uint8Array(content as ArrayBuffer),
    })),
  }
}

async function parsed(bytes: Uint8Array) {
  try {
    return await PostalMime.parse(bytes, {
      maxNestingDepth: mailLimits.depth,
      maxHeadersSize: mailLimits.headers,
      forceRfc822Attachments: true,
    })
  } catch {
    // Its message may repeat what the mail says.
    throw new MailUnreadable('its parts or headers are not as they should be')
  }
}

function textOf(html: string): string {
  try {
    return htmlText(html)
  } catch (error) {
    throw error instanceof HtmlTooDeep ? new MailUnreadable('its HTML is too deep') : error
  }
}

/** One pass over the bytes, before anything is made of them. */
function refuseHurtful(bytes: Uint8Array): void {
  let [lines, parts] = [0, 0]
  let inHeader = true
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(10, at)
    const next = end === -1 ? bytes.length : end + 1
    if (inHeader) {
      if (bytes[at] === 10 || (bytes[at] === 13 && bytes[at + 1] === 10)) inHeader = false
      else if (++lines > mailLimits.headerLines) throw new MailUnreadable('it has too many header lines')
    } else if (bytes[at] === 45 && bytes[at + 1] === 45 && ++parts > mailLimits.parts)
      throw new MailUnreadable('it has too many parts')
    at = next
  }
}

function bounded(text: string): string {
  if (text.length > mailLimits.text) throw new MailUnreadable('its text is too long')
  return text
}

/** Without what no text holds and PostgreSQL does not take: NUL and other controls, and halves of characters. */
export function readable(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, '')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}

const plainAddress = (text: string | undefined): string | null =>
  text === undefined ? null : (parseMailAddress(text)?.toLowerCase() ?? null)

/** RFC 5322 section 3.6.4, without the brackets; null where it is longer than any or has a form of its own. */
export function messageIdOf(value: string): string | null {
  const [, id] = /^\s*<([^<>\s\u0000-\u001f\u007f]{1,500})>\s*$/.exec(value) ?? []
  return id ?? null
}
