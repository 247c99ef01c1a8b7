import { Client } from 'undici'

/** Where a server ends every connection, more at once make it slower. */
const withoutKeepAlive = 2

/**
 * Kept-alive connections to one server, at most `most`, one request at a time on each. Whoever waits for a connection gets it
 * in the turn in which the answer before is in; undici's own pool hands it on a turn later, and one connection in eight
 * stands idle for it.
 */
export class DavConnections {
  private readonly clients: Client[] = []
  private readonly free: Client[] = []
  private readonly waiting: ((client: Client) => void)[] = []
  private taken = 0
  private answers = 0
  private closed = 0

  constructor(
    private readonly origin: string,
    private readonly most: number,
    private readonly options: Client.Options,
  ) {}

  /** Whether the server ends the connection after most answers, as far as is known. */
  get endsConnections(): boolean {
    return this.answers >= 2 && this.closed * 2 > this.answers
  }

  /** How many are worth having at once. */
  get width(): number {
    return this.endsConnections ? Math.min(withoutKeepAlive, this.most) : this.most
  }

  /** A connection for one request, to be given back with {@link release} when its answer has been read. */
  acquire(): Client | Promise<Client> {
    if (this.taken >= this.width) return new Promise(resolve => this.waiting.push(resolve))
    this.taken += 1
    return this.free.pop() ?? this.add()
  }

  release(client: Client): void {
    const next = this.taken > this.width ? undefined : this.waiting.shift()
    if (next) {
      next(client)
      return
    }
    this.taken -= 1
    this.free.push(client)
  }

  countAnswer(): void {
    this.answers += 1
  }

  /** Ends the connections when what is under way has ended. */
  async close(): Promise<void> {
    const open = this.clients.filter(client => !client.destroyed && !client.closed)
    await Promise.all(open.map(client => client.close()))
  }

  /** Ends them at once; what is under way fails, and so does what waits when its turn comes. */
  async destroy(): Promise<void> {
    await Promise.all(this.clients.map(client => client.destroy()))
  }

  private add(): Client {
    const client = new Client(this.origin, this.options)
    client.on('disconnect', () => {
      this.closed += 1
    })
    this.clients.push(client)
    return client
  }
}
