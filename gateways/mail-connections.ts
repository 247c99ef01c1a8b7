import { type MailEnvelope, MailSession, type SessionSettings } from '@/gateways/mail-session'

/** RFC 5321 section 4.5.3.2.7 lets a server end a connection that said nothing for five minutes. */
const idleMs = 60_000
/** A server that took no further connection is asked for more after so long. */
const fewerMs = 60_000

export interface ConnectionLimits {
  connections: number
  /** After so many a connection is left and another made: many servers want that. */
  messagesPerConnection: number
}

/** A server still counts a connection that was just left: one is asked for this often before it is no use. */
const [mostTries, betweenTriesMs] = [5, 200]

interface Asker {
  /** How often no connection could be made for it. */
  refused: number
  resolve(session: MailSession): void
  reject(error: unknown): void
}

/** Kept connections to one mail server, at most so many at once; who finds none free waits in line. */
export class MailConnections {
  private readonly idle: MailSession[] = []
  private readonly waiting: Asker[] = []
  private readonly timers = new Map<MailSession, NodeJS.Timeout>()
  private open = 0
  /** At once; fewer than are allowed for a while, where the server took no more. */
  private most: number
  private closing: (() => void) | null = null

  constructor(
    private readonly settings: SessionSettings,
    private readonly limits: ConnectionLimits,
  ) {
    this.most = limits.connections
  }

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
    return new Promise((resolve, reject) => this.wait({ resolve, reject, refused: 0 }))
  }

  private wait(asker: Asker): void {
    if (this.closing) asker.reject(new Error('The mail gateway was closed.'))
    else {
      this.waiting.push(asker)
      this.serve()
    }
  }

  private serve(): void {
    while (this.waiting.length > 0) {
      const session = this.idle.pop()
      if (session?.ended) this.leave(session)
      else if (session) this.waiting.shift()?.resolve(session)
      else if (this.open >= this.most) return
      else this.openFor(this.waiting.shift()!)
    }
  }

  private openFor(asker: Asker): void {
    this.open += 1
    MailSession.open(this.settings).then(asker.resolve, error => {
      asker.refused += 1
      // One too many for the server is no trouble as long as it has others of ours: their turn comes.
      const isOneTooMany = isBusy(error) && !this.closing && (this.open > 1 || asker.refused < mostTries)
      if (!isOneTooMany) asker.reject(error)
      else if (this.open > 1) {
        this.waiting.unshift(asker)
        this.keepTo(this.open - 1)
      } else {
        setTimeout(() => this.wait(asker), betweenTriesMs)
      }
      this.countLeft()
      this.serve()
    })
  }

  private keepTo(connections: number): void {
    this.most = connections
    setTimeout(() => {
      this.most = this.limits.connections
    }, fewerMs).unref()
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

/** 4yz to a connection that was opened (RFC 5321 section 3.8: 421 where the server takes no more). */
const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'responseCode' in error && Math.floor(Number(error.responseCode) / 100) === 4
