import { createHash } from 'node:crypto'
import { type MailGateway, MailNotSent } from '@/domain/notification/mail-gateway'
import { errorCode } from '@/gateways/durable-files'
import { composeMail } from '@/gateways/mail-compose'
import { MailConnections } from '@/gateways/mail-connections'
import { checkedMail } from '@/gateways/mail-message'
import type { SessionSettings } from '@/gateways/mail-session'
import { OnceFolder } from '@/gateways/once-folder'

export interface SmtpSettings {
  /**
   * smtp://[user:password@]host[:port] or smtps://…; with smtp, STARTTLS is asked for unless the host is this machine
   * ("?tls=off" and "?tls=required" say otherwise).
   */
  url: string
  /** PEM of a private authority. */
  ca?: string
  /** How long to wait for a connection or an answer. */
  timeoutMs?: number
  /** At once, 4 unless said; many of them are what makes thousands of mails a second possible. */
  connections?: number
  /** 100 unless said. */
  messagesPerConnection?: number
}

/** Mail by SMTP. Throws RangeError for an address that is none. */
export function smtpMail({ connections = 4, messagesPerConnection = 100, ...settings }: SmtpSettings): MailGateway {
  const server = new MailConnections(sessionSettings(settings), { connections, messagesPerConnection })
  return {
    async send(message) {
      const mail = checkedMail(message)
      try {
        await server.send({ from: mail.from.address, to: mail.to }, composeMail(mail, new Date()))
        return { id: message.messageId }
      } catch (error) {
        throw notSent(error)
      }
    },
    close: () => server.close(),
  }
}

function sessionSettings({ url, ca, timeoutMs = 20_000 }: SmtpSettings): SessionSettings {
  const address = URL.canParse(url) ? new URL(url) : null
  const tls = address?.searchParams.get('tls') ?? null
  if (
    !address ||
    !/^smtps?:$/.test(address.protocol) ||
    address.hostname === '' ||
    (tls && !/^(off|required)$/.test(tls))
  )
    throw new RangeError(
      'SMTP_URL is smtp://[user:password@]host[:port] or smtps://…, perhaps with ?tls=off or ?tls=required.',
    )
  const secure = address.protocol === 'smtps:'
  const host = address.hostname.replace(/^\[|\]$/g, '')
  const here = host === 'localhost' || host === '::1' || host.startsWith('127.')
  const plain = !secure && (tls === 'off' || (here && tls !== 'required'))
  const [user, pass] = [decodeURIComponent(address.username), decodeURIComponent(address.password)]
  const options = {
    host,
    port: address.port === '' ? (secure ? 465 : 587) : Number(address.port),
    secure,
    ignoreTLS: plain,
    requireTLS: !secure && !plain,
    tls: { minVersion: 'TLSv1.2' as const, ...(ca ? { ca } : {}) },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  }
  return { options, login: user === '' ? null : { user, pass } }
}

/** Only what the server says of this recipient or this message is for good; all else may pass, or is ours to set right. */
function notSent(error: unknown): MailNotSent {
  const field = (name: string) => (error instanceof Error && name in error ? Reflect.get(error, name) : undefined)
  const command = String(field('command') ?? '')
  const permanent = field('permanent') === true && /^(RCPT TO|DATA)/.test(command)
  const code = field('responseCode') ?? field('originalCode') ?? field('code') ?? 'no code'
  const nobodyThere = permanent && command.startsWith('RCPT TO') && saysNobody(String(field('response') ?? ''))
  return new MailNotSent(permanent, `the mail server answered ${command || 'the connection'} with ${code}`, nobodyThere)
}

/** The address is bad by its enhanced status (RFC 3463 section 3.2: 5.1.x), or by the plain one where there is none. */
function saysNobody(response: string): boolean {
  const [, plain, enhanced] = /^(\d{3})[ -](?:(\d\.\d{1,3})\.\d{1,3}\b)?/.exec(response) ?? []
  return enhanced === undefined ? plain === '550' || plain === '551' || plain === '553' : enhanced === '5.1'
}

/**
 * Mail as .eml files in a folder (0700, files 0600), for demonstrations and development: each appears whole or not at
 * all. The same Message-ID is written once. The id is the file's name without ".eml".
 */
export function folderMail({ folder }: { folder: string }): MailGateway {
  const files = new OnceFolder(folder)
  return {
    async send(message) {
      const bytes = composeMail(checkedMail(message), new Date())
      const id = createHash('sha256').update(message.messageId).digest('hex').slice(0, 32)
      try {
        await files.write(`${id}.eml`, bytes)
      } catch (error) {
        throw new MailNotSent(false, `the folder answered ${errorCode(error) || 'an error'}`)
      }
      return { id }
    },
    async close() {},
  }
}
