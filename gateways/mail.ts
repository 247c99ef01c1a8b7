import { createHash } from 'node:crypto'
import { link, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import { type MailGateway, MailNotSent } from '@/domain/notification/mail-gateway'
import { clearAbandoned, errorCode, syncFolder, temporaryName } from '@/gateways/durable-files'
import { mailOptions } from '@/gateways/mail-options'

const connections = 4
const messagesPerConnection = 100

/**
 * Mail by SMTP. `url`: smtp://[user:password@]host[:port] or smtps://…; with smtp, STARTTLS is asked for unless the
 * host is this machine ("?tls=off" and "?tls=required" say otherwise). `ca`: PEM of a private authority. `timeoutMs`:
 * how long to wait for a connection or an answer. Throws RangeError for any other address.
 */
export function smtpMail(settings: { url: string; ca?: string; timeoutMs?: number }): MailGateway {
  const transport = createTransport({ pool: true, ...smtpOptions(settings) })
  return {
    async send(message) {
      const options = mailOptions(message)
      try {
        await transport.sendMail(options)
        return { id: message.messageId }
      } catch (error) {
        throw notSent(error)
      }
    },
    async close() {
      transport.close()
    },
  }
}

function smtpOptions({ url, ca, timeoutMs = 20_000 }: { url: string; ca?: string; timeoutMs?: number }) {
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
  return {
    host,
    port: address.port === '' ? (secure ? 465 : 587) : Number(address.port),
    secure,
    ignoreTLS: plain,
    requireTLS: !secure && !plain,
    tls: { minVersion: 'TLSv1.2' as const, ...(ca ? { ca } : {}) },
    ...(user === '' ? {} : { auth: { user, pass } }),
    maxConnections: connections,
    maxMessages: messagesPerConnection,
    // A message whose connection broke is ours to send again: the task knows whether it still should be.
    maxRequeues: 0,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

/** Only what the server says of this recipient or this message is for good; all else may pass, or is ours to set right. */
function notSent(error: unknown): MailNotSent {
  const field = (name: string) => (error instanceof Error && name in error ? Reflect.get(error, name) : undefined)
  const command = String(field('command') ?? '')
  const permanent = field('permanent') === true && /^(RCPT TO|DATA)/.test(command)
  const code = field('responseCode') ?? field('originalCode') ?? field('code') ?? 'no code'
  return new MailNotSent(permanent, `the mail server answered ${command || 'the connection'} with ${code}`)
}

/**
 * Mail as .eml files in a folder (0700, files 0600), for demonstrations and development: each appears whole or not at
 * all. The same Message-ID is written once. The id is the file's name without ".eml".
 */
export function folderMail({ folder }: { folder: string }): MailGateway {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    async send(message) {
      const { message: bytes } = await composer.sendMail(mailOptions(message))
      const id = createHash('sha256').update(message.messageId).digest('hex').slice(0, 32)
      try {
        await writeOnce(folder, `${id}.eml`, bytes as Buffer)
      } catch (error) {
        throw new MailNotSent(false, `the folder answered ${errorCode(error) || 'an error'}`)
      }
      return { id }
    },
    async close() {
      composer.close()
    },
  }
}

async function writeOnce(folder: string, name: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await clearAbandoned(folder)
  const temporary = join(folder, temporaryName())
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await link(temporary, join(folder, name))
    await syncFolder(folder)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  } finally {
    await rm(temporary, { force: true })
  }
}
