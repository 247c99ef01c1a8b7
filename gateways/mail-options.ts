import { type MailMessage, MailNotSent } from '@/domain/notification/mail-gateway'
import { parseMailAddress } from '@/formats/mail-address'

const namedAddress = /^([^<>"\\,;:@]{1,100}?) ?<([^<>]+)>$/
const messageIdForm = /^<[A-Za-z0-9._+-]{1,120}@[A-Za-z0-9.:[\]-]{1,120}>$/
const headerNameForm = /^[A-Za-z][A-Za-z0-9-]{0,60}$/
const ownHeaders =
  /^(?:to|cc|bcc|from|sender|reply-to|return-path|subject|date|message-id|mime-version|content-.*|resent-.*|received|dkim-.*)$/i
const controls = /[\u0000-\u001f\u007f\u0085\u2028\u2029]/
const longestLine = 500

/**
 * A message as nodemailer takes it, with the envelope said outright. Nothing in it can carry a second address or a
 * header of its own: throws MailNotSent, for good, where the recipient does, and RangeError for the caller's own faults.
 */
export function mailOptions(message: MailMessage) {
  const to = parseMailAddress(message.to)
  const from = parseSender(message.from)
  if (to === null) throw new MailNotSent(true, 'the recipient is not one plain address')
  if (from === null)
    throw new RangeError('The sender of a mail is a plain address, or a name and one in angle brackets.')
  if (!messageIdForm.test(message.messageId)) throw new RangeError('A Message-ID is of the form <left@right>.')
  requireOneLine('subject', message.subject)
  const headers = Object.entries(message.headers ?? {})
  for (const [name, value] of headers) {
    if (!headerNameForm.test(name) || ownHeaders.test(name))
      throw new RangeError('That header is not for callers to set.')
    requireOneLine('header', value)
  }
  return {
    envelope: { from: from.address, to: [to] },
    from,
    to: { name: '', address: to },
    subject: message.subject,
    text: message.text,
    html: message.html,
    messageId: message.messageId,
    // RFC 3834 section 5: no out-of-office answers.
    headers: { 'Auto-Submitted': 'auto-generated', ...Object.fromEntries(headers) },
    xMailer: false as const,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function parseSender(sender: string): { name: string; address: string } | null {
  const [, name = '', inner = sender] = namedAddress.exec(sender) ?? []
  const address = parseMailAddress(inner)
  return address !== null && address === inner && !controls.test(name) ? { name, address } : null
}

function requireOneLine(what: string, value: string): void {
  if (controls.test(value) || value.length > longestLine) throw new RangeError(`The ${what} of a mail is one line.`)
}
