import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import type { MailDesk, MailRecipient } from '@/domain/triage/mail-desk'

export interface MailInSettings {
  host: string
  /** 0: any that is free. */
  port: number
  desk: MailDesk
  /** Octets of one mail. */
  size: number
  /** Connections at once, 20 unless said; each has at most one mail under way. */
  connections?: number
  /** How long a silent relay is waited for. */
  timeoutMs?: number
  /** A fault of ours: the relay keeps the mail. */
  onTrouble(error: Error): void
}

export interface MailIn {
  port: number
  /** Takes no new connections; those that are open have a moment to end. */
  close(): Promise<void>
}

/** What is answered to a relay (RFC 5321 section 4.2), with the enhanced status of RFC 3463. */
class SmtpRefusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message)
    this.name = 'SmtpRefusal'
  }
}

/** Thrown into the desk: the rest of the mail is not to come. */
class MailTooLarge extends Error {
  constructor() {
    super('The mail is larger than is taken.')
    this.name = 'MailTooLarge'
  }
}

/** What it had not ended is not ours, and the relay still has it. */
class RelayHungUp extends Error {
  constructor() {
    super('The relay hung up before the mail had ended.')
    this.name = 'RelayHungUp'
  }
}

const later = () => new SmtpRefusal(451, '4.3.0 Try again later')

/**
 * Listens for a mail relay (SMTP, RFC 5321) and hands the desk what is for an address of ours; every other recipient is
 * refused. A mail is answered with 250 once the desk has it, so that whatever ends this process before leaves it with the
 * relay. Throws where the port cannot be listened on.
 */
export async function listenForMail(settings: MailInSettings): Promise<MailIn> {
  const { desk, size, connections = 20, timeoutMs = 60_000, onTrouble } = settings
  const recipients = new WeakMap<SMTPServerSession['envelope'], MailRecipient>()

  async function accept(address: string, session: SMTPServerSession): Promise<void> {
    const recipient = await desk.recipientOf(address)
    if (recipient === null) throw new SmtpRefusal(550, '5.1.1 There is no such mailbox here')
    if (recipient === 'later') throw new SmtpRefusal(452, '4.2.2 Too much came for this mailbox: try again later')
    recipients.set(session.envelope, recipient)
  }

  async function take(stream: Readable, { envelope }: SMTPServerSession): Promise<void> {
    const recipient = recipients.get(envelope)
    if (!recipient) throw later()
    const emptySender = envelope.mailFrom === false || envelope.mailFrom.address === ''
    try {
      await desk.take(recipient, { emptySender, content: bounded(stream, size) })
    } catch (error) {
      if (!(error instanceof MailTooLarge)) throw error
      throw new SmtpRefusal(552, `5.3.4 A mail has at most ${size} octets`)
    }
  }

  /** A relay is told of no fault's details. */
  const answered = (work: Promise<void>, done: (error?: Error | null) => void) =>
    void work.then(
      () => done(),
      error => {
        if (error instanceof SmtpRefusal) return done(error)
        if (!isHangUp(error)) onTrouble(error instanceof Error ? error : new Error(String(error)))
        done(later())
      },
    )

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    banner: 'Homeward',
    size,
    maxClients: connections,
    // More would have to be answered for all at once: the relay brings the others in a transaction of their own.
    maxRecipients: 1,
    socketTimeout: timeoutMs,
    closeTimeout: 5_000,
    onRcptTo: ({ address }, session, done) => answered(accept(address, session), done),
    onData: (stream, session, done) => answered(take(stream, session), done),
  })
  server.on('error', error => {
    if (!isHangUp(error)) onTrouble(error)
  })
  const listener = server.listen(settings.port, settings.host)
  await once(listener, 'listening')
  return {
    port: (listener.address() as AddressInfo).port,
    close: () => new Promise(resolve => server.close(resolve)),
  }
}

const hangUps = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE'])
const isHangUp = (error: unknown): boolean =>
  error instanceof RelayHungUp || (error instanceof Error && 'code' in error && hangUps.has(String(error.code)))

/**
 * The mail's bytes. What comes beyond the size is read and dropped, since an answer is read only once everything was sent;
 * then it throws. Throws too where the relay hangs up before the end.
 */
async function* bounded(stream: Readable, size: number): AsyncGenerator<Uint8Array> {
  let length = 0
  for await (const chunk of untilHungUp(stream)) {
    length += chunk.length
    if (length <= size) yield chunk
  }
  if (length > size) throw new MailTooLarge()
}

async function* untilHungUp(stream: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* stream
  } catch {
    // The stream fails in no other way: it only passes on what comes over the line.
    throw new RelayHungUp()
  }
}
