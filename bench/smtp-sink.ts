import { hash } from 'node:crypto'
import { once } from 'node:events'
import { createServer as createHttpServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'

/** How the sink behaves; every field can be changed while it runs. */
export interface SinkManner {
  /** Milliseconds before the answer to each message. */
  delayMs: number
  /** Recipients, in lower case, refused with 550. */
  refused: string[]
  /** Connections at once; whoever makes one more is told 421. */
  connections: number
  /** The answer to every message, as "451 Later"; null takes them. */
  answer: string | null
}

interface SinkCounts {
  messages: number
  bytes: number
  connections: number
  /** Messages that are in, but not answered yet. */
  waiting: number
  /** Recipients refused. */
  refused: number
  /** Different recipients that were sent something. */
  recipients: number
  /** Messages that came again: same recipient, same Message-ID. */
  duplicates: number
  /** Messages taken over, by second of the clock (Unix time). */
  perSecond: Record<string, number>
}

export interface SmtpSink {
  /** smtp://127.0.0.1:PORT */
  url: string
  counts(): SinkCounts
  behave(manner: Partial<SinkManner>): void
  /** Ends every connection in the middle of whatever it was saying. */
  hangUp(): void
  /** The same, and takes no more. */
  stop(): Promise<void>
}

const endOfData = Buffer.from('\r\n.\r\n')
const messageIdHeader = '\nMessage-ID: '
/** Every header that a mail begins with lies within so many bytes. */
const headBytes = 2048

/** The first 52 bits of a SHA-256: a number takes an eighth of the room of its text. */
const fingerprint = (text: string): number => {
  const digest = hash('sha256', text, 'buffer')
  return digest.readUIntBE(0, 6) * 16 + (digest[6]! >> 4)
}

class Ledger {
  private readonly recipients = new Set<number>()
  private readonly mails = new Set<number>()
  private readonly perSecond = new Map<number, number>()
  private duplicates = 0
  private messages = 0
  private bytes = 0
  connections = 0
  refused = 0
  waiting = 0

  take(to: readonly string[], head: string, bytes: number): void {
    const second = Math.floor(Date.now() / 1000)
    const from = head.indexOf(messageIdHeader)
    const messageId = from < 0 ? '' : head.slice(from, head.indexOf('\r', from + 1))
    this.messages += 1
    this.bytes += bytes
    this.perSecond.set(second, (this.perSecond.get(second) ?? 0) + 1)
    for (const recipient of to) {
      this.recipients.add(fingerprint(recipient))
      const mail = fingerprint(`${recipient}\n${messageId}`)
      if (this.mails.has(mail)) this.duplicates += 1
      this.mails.add(mail)
    }
  }

  counts(): SinkCounts {
    return {
      messages: this.messages,
      bytes: this.bytes,
      connections: this.connections,
      waiting: this.waiting,
      refused: this.refused,
      recipients: this.recipients.size,
      duplicates: this.duplicates,
      perSecond: Object.fromEntries(this.perSecond),
    }
  }
}

/** One client's connection: RFC 5321 as far as a sender needs it, with PIPELINING (RFC 2920), 8BITMIME and SMTPUTF8. */
class Session {
  private pending: Buffer = Buffer.alloc(0)
  private inData = false
  private to: string[] = []
  private chunks: Buffer[] = []
  private bytes = 0

  constructor(
    private readonly socket: Socket,
    private readonly ledger: Ledger,
    private readonly manner: SinkManner,
  ) {
    socket.setNoDelay(true)
    socket.on('data', chunk => this.read(chunk))
    // A client that goes away in the middle is a client's right.
    socket.on('error', () => socket.destroy())
    this.say('220 sink ESMTP')
  }

  private say(...lines: string[]): void {
    if (this.socket.writable) this.socket.write(lines.map(line => `${line}\r\n`).join(''))
  }

  private read(chunk: Buffer): void {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk])
    // What a group of commands is answered with leaves together (RFC 2920 section 3.2).
    this.socket.cork()
    while (this.pending.length > 0 && (this.inData ? this.readData() : this.readLine())) {
      // Each step takes its part of what is there.
    }
    this.socket.uncork()
  }

  private readLine(): boolean {
    const at = this.pending.indexOf(10)
    if (at < 0) return false
    const line = this.pending.toString('latin1', 0, at).trimEnd()
    this.pending = this.pending.subarray(at + 1)
    this.answer(line)
    return true
  }

  private answer(line: string): void {
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'EHLO') this.say('250-sink', '250-PIPELINING', '250-8BITMIME', '250 SMTPUTF8')
    else if (verb === 'MAIL' || verb === 'RSET') this.begin()
    else if (verb === 'RCPT') this.addRecipient(line)
    else if (verb === 'DATA') this.beginData()
    else if (verb === 'QUIT') this.socket.end('221 Bye\r\n')
    else this.say(verb === 'HELO' || verb === 'NOOP' ? '250 OK' : '500 What?')
  }

  private begin(): void {
    this.to = []
    this.say('250 OK')
  }

  private addRecipient(line: string): void {
    const address = /<([^>]*)>/.exec(line)?.[1]?.toLowerCase() ?? ''
    if (this.manner.refused.includes(address)) {
      this.ledger.refused += 1
      this.say('550 No such person')
      return
    }
    this.to.push(address)
    this.say('250 OK')
  }

  private beginData(): void {
    if (this.to.length === 0) {
      this.say('554 Nobody to send it to')
      return
    }
    this.inData = true
    this.chunks = []
    this.bytes = 0
    this.say('354 Go on')
  }

  /** Takes what is there of a message; false where more must come first. */
  private readData(): boolean {
    const at = this.pending.indexOf(endOfData)
    if (at < 0) {
      const keep = Math.min(this.pending.length, endOfData.length - 1)
      this.collect(this.pending.subarray(0, this.pending.length - keep))
      this.pending = this.pending.subarray(this.pending.length - keep)
      return false
    }
    this.collect(this.pending.subarray(0, at))
    this.pending = this.pending.subarray(at + endOfData.length)
    this.inData = false
    this.finish()
    return true
  }

  private collect(bytes: Buffer): void {
    if (this.bytes < headBytes) this.chunks.push(bytes)
    this.bytes += bytes.length
  }

  private finish(): void {
    const { to, bytes } = this
    const head = Buffer.concat(this.chunks).toString('latin1', 0, headBytes)
    this.ledger.waiting += 1
    const answered = () => {
      this.ledger.waiting -= 1
      // A client that did not wait is told nothing, and has sent nothing.
      if (this.socket.destroyed) return
      if (this.manner.answer !== null) return this.say(this.manner.answer)
      // Counted first: a message whose answer is lost has arrived all the same.
      this.ledger.take(to, head, bytes)
      this.say('250 OK')
    }
    if (this.manner.delayMs > 0) setTimeout(answered, this.manner.delayMs)
    else answered()
  }
}

/** An SMTP server on the loopback interface that keeps nothing of a message but what it counts. */
export async function startSmtpSink(manner: Partial<SinkManner> = {}, port = 0): Promise<SmtpSink> {
  const current: SinkManner = { delayMs: 0, refused: [], answer: null, connections: Infinity, ...manner }
  const ledger = new Ledger()
  const sockets = new Set<Socket>()
  const server: Server = createServer(socket => {
    ledger.connections += 1
    if (sockets.size >= current.connections) {
      socket.on('error', () => socket.destroy())
      socket.end('421 Too many connections\r\n')
      return
    }
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    new Session(socket, ledger, current)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const hangUp = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts: () => ledger.counts(),
    behave: next => void Object.assign(current, next),
    hangUp,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        hangUp()
      }),
  }
}

async function readJson(incoming: IncomingMessage): Promise<Partial<SinkManner>> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

/** In a process of its own: `GET` on the control address answers the counts, `POST` of a part of {@link SinkManner} changes it, `PUT` hangs up, `DELETE` ends the process at once. */
if (process.argv[1]?.endsWith('smtp-sink.ts')) {
  const [port = '0'] = process.argv.slice(2)
  const sink = await startSmtpSink({}, Number(port))
  const control = createHttpServer(async (incoming, outgoing) => {
    if (incoming.method === 'DELETE') process.exit(0)
    if (incoming.method === 'PUT') sink.hangUp()
    if (incoming.method === 'POST') sink.behave(await readJson(incoming))
    outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(sink.counts()))
  })
  control.listen(0, '127.0.0.1')
  await once(control, 'listening')
  console.log(
    JSON.stringify({ url: sink.url, control: `http://127.0.0.1:${(control.address() as AddressInfo).port}/` }),
  )
}
