import { type MailEnvelope, MailSession, type SessionSettings } from '@/gateways/mail-session'

/** RFC 5321 section 4.5.3.2.7 lets a server end a connection that said nothing for five minutes. */
const idleMs = 60_000

export interface ConnectionLimits {
  connections: number
  /** After so many a connection is left and another made: many servers want that. */
  messagesPerConnection: number
}

interface Asker {
  resolve(session: MailSession): void
  reject(error: unknown): void
}

/** Kept connections to one mail server, at most so many at once; who finds none free waits in line. */
export class MailConnections {
  private readonly idle: MailSession[] = []
  private readonly waiting: Asker[] = []
  private readonly timers = new Map<MailSession, NodeJS.Timeout>()
  private open = 0
  private closing: (() => void) | null = null

  constructor(
    private readonly settings: SessionSettings,
    private readonly limits: ConnectionLimits,
  ) {}

  /** Resolves when the server has taken the message over. Rejects with nodemailer's error. */
  async send(envelope: MailEnvelope, bytes: Buffer): Promise<void> {
    for (;;) {
      const session = await this.take()
      try {
        if (await session.send(envelope, bytes)) return
      } finally {
        this.give(session)
      }
    }
  }

  /** What is under way ends; what waits is not sent. */
  async close(): Promise<void> {
    if (this.closing) return
    const ended = new Promise<void>(resolve => {
      this.closing = resolve
    })
    for (const asker of this.waiting.splice(0)) asker.reject(new Error('The mail gateway was closed.'))
    for (const session of this.idle.splice(0)) this.leave(session)
    if (this.open > 0) await ended
  }

  private take(): Promise<MailSession> {
    return new Promise((resolve, reject) => {
      if (this.closing) return reject(new Error('The mail gateway was closed.'))
      this.waiting.push({ resolve, reject })
      this.serve()
    })
  }

  private serve(): void {
    while (this.waiting.length > 0) {
      const session = this.idle.pop()
      if (session?.ended) this.leave(session)
      else if (session) this.waiting.shift()?.resolve(session)
      else if (this.open >= this.limits.connections) return
      else this.openFor(this.waiting.shift()!)
    }
  }

  private openFor(asker: Asker): void {
    this.open += 1
    MailSession.open(this.settings).then(asker.resolve, error => {
      asker.reject(error)
      this.countLeft()
      this.serve()
    })
  }

  private give(session: MailSession): void {
    if (session.ended || this.closing || session.sent >= this.limits.messagesPerConnection) this.leave(session)
    else {
      this.idle.push(session)
      this.restartTimer(session)
    }
    this.serve()
  }

  private leave(session: MailSession): void {
    clearTimeout(this.timers.get(session))
    this.timers.delete(session)
    session.quit()
    this.countLeft()
  }

  private countLeft(): void {
    this.open -= 1
    if (this.open === 0) this.closing?.()
  }

  private restartTimer(session: MailSession): void {
    const timer = this.timers.get(session)
    if (timer) timer.refresh()
    else this.timers.set(session, setTimeout(() => this.leaveIdle(session), idleMs).unref())
  }

  /** One that is busy when its time is up is looked at again when it is next idle. */
  private leaveIdle(session: MailSession): void {
    const at = this.idle.indexOf(session)
    if (at < 0) return
    this.idle.splice(at, 1)
    this.leave(session)
  }
}
