import { Readable, Transform } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'

export interface MailEnvelope {
  from: string
  to: string
}

export interface SessionSettings {
  options: SMTPConnection.Options
  /** Null where the server knows us without. */
  login: { user: string; pass: string } | null
}

/** The bytes of one message; `begun` as soon as the server has taken the envelope and the message itself goes out. */
class Payload extends Readable {
  begun = false

  constructor(private readonly bytes: Buffer) {
    super()
  }

  /** Past nodemailer's search for bare line ends and leading dots, a third of its work: `composeMail` makes neither. */
  override pipe<T extends NodeJS.WritableStream>(destination: T): T {
    this.begun = true
    if (!(destination instanceof Transform)) throw new TypeError('nodemailer takes a message by a transform stream.')
    destination.push(this.bytes)
    destination.end()
    return destination
  }
}

const isRefusal = (error: SMTPConnection.SMTPError): boolean =>
  (error.code === 'EENVELOPE' || error.code === 'EMESSAGE') && error.responseCode !== 421

/** One connection to a mail server, for one message after another. nodemailer speaks the protocol, pipelined where the server can. */
export class MailSession {
  sent = 0

  private constructor(private readonly connection: SMTPConnection) {}

  static open({ options, login }: SessionSettings): Promise<MailSession> {
    const connection = new SMTPConnection(options)
    return new Promise((resolve, reject) => {
      const give = (error?: Error | null) => {
        if (!error) return resolve(new MailSession(connection))
        connection.close()
        reject(error)
      }
      // Both stay: an error event that nobody listens to would end the process.
      connection.on('error', reject)
      connection.once('end', () => reject(new Error('The mail server ended the connection.')))
      connection.connect(error => {
        // A server that knows no names is told none.
        if (error || login === null || Reflect.get(connection, 'allowsAuth') !== true) return give(error)
        connection.login({ credentials: login }, give)
      })
    })
  }

  get ended(): boolean {
    return this.connection.destroyed === true
  }

  /**
   * Resolves with true when the server has taken the message over, with false where the connection had been given up
   * by the server before this message began: it may be sent on another. Rejects with nodemailer's error.
   */
  send(envelope: MailEnvelope, bytes: Buffer): Promise<boolean> {
    const payload = new Payload(bytes)
    return new Promise((resolve, reject) => {
      this.connection.send(envelope, payload, error => {
        this.sent += 1
        if (!error) return resolve(true)
        const finish = () =>
          this.sent > 1 && !payload.begun && this.ended && error.code !== 'ETIMEDOUT' ? resolve(false) : reject(error)
        if (isRefusal(error) && !this.ended) return this.reset(finish)
        this.connection.close()
        finish()
      })
    })
  }

  quit(): void {
    if (!this.ended) this.connection.quit()
  }

  /** Ready for the next message after one that was refused, or ended. */
  private reset(done: () => void): void {
    this.connection.once('end', done)
    this.connection.reset(error => {
      this.connection.removeListener('end', done)
      if (error) this.connection.close()
      done()
    })
  }
}
