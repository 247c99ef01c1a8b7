import { type MailMessage, MailNotSent, type MailText } from '@/domain/notification/mail-gateway'
import { parseMailAddress } from '@/formats/mail-address'

const namedAddress = /^([^<>"\\,;:@]{1,100}?) ?<([^<>]+)>$/
const messageIdForm = /^<[A-Za-z0-9._+-]{1,120}@[A-Za-z0-9.:[\]-]{1,120}>$/
const headerNameForm = /^[A-Za-z][A-Za-z0-9-]{0,60}$/
const ownHeaders =
  /^(?:to|cc|bcc|from|sender|reply-to|return-path|subject|date|message-id|mime-version|content-.*|resent-.*|received|dkim-.*)$/i
const controls = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/
const longestLine = 500

/** A mail of which nothing can carry a second address or a header of its own. */
export interface CheckedMail {
  to: string
  from: { name: string; address: string }
  replyTo: string | null
  subject: string
  text: MailText
  html: MailText
  messageId: string
  headers: Record<string, string>
}

/**
 * A message with all its parts looked at. Throws MailNotSent, for good, where the recipient is none, and RangeError for
 * the caller's own faults.
 */
export function checkedMail(message: MailMessage): CheckedMail {
  const to = parseMailAddress(message.to)
  const from = parseSender(message.from)
  if (to === null) throw new MailNotSent(true, 'the recipient is not one plain address')
  if (from === null)
    throw new RangeError('The sender of a mail is a plain address, or a name and one in angle brackets.')
  const replyTo = message.replyTo === undefined ? null : parseMailAddress(message.replyTo)
  if (message.replyTo !== undefined && replyTo !== message.replyTo)
    throw new RangeError('Answers to a mail go to one plain address.')
  if (!messageIdForm.test(message.messageId)) throw new RangeError('A Message-ID is of the form <left@right>.')
  requireOneLine('subject', message.subject)
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    if (!headerNameForm.test(name) || ownHeaders.test(name))
      throw new RangeError('That header is not for callers to set.')
    requireOneLine('header', value)
  }
  const { subject, text, html, messageId } = message
  // RFC 3834 section 5: no out-of-office answers.
  const headers = { 'Auto-Submitted': 'auto-generated', ...message.headers }
  return { to, from, replyTo, subject, text, html, messageId, headers }
}

function parseSender(sender: string): { name: string; address: string } | null {
  const [, name = '', inner = sender] = namedAddress.exec(sender) ?? []
  const address = parseMailAddress(inner)
  return address !== null && address === inner && !controls.test(name) ? { name, address } : null
}

function requireOneLine(what: string, value: string): void {
  if (controls.test(value) || value.length > longestLine) throw new RangeError(`The ${what} of a mail is one line.`)
}
