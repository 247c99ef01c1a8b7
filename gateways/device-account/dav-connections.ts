import { Client, type Dispatcher, errors } from 'undici'

/** Where a server ends every connection, more at once make it slower. */
const withoutKeepAlive = 2

interface Connection {
  client: Client
  /** Answers that are being read as they come: whoever reads may take any time. */
  streams: number
}

/** Nothing is put behind an answer that is still being read, as long as another connection takes it. */
const streamWeight = 1000

/**
 * Kept-alive connections to one server, at most `most`, one request at a time on each. A request goes to the connection with
 * the fewest before it and stands ready there, so that it leaves in the moment the answer before it is in; undici's own pool
 * hands requests out only then, and one connection in eight stands idle for it.
 */
export class DavConnections {
  private readonly connections: Connection[] = []
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

  /** An answer that its handler takes at once. */
  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.next().client.dispatch(options, handler)
  }

  /** An answer that is read as it comes. */
  async request(options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData> {
    const connection = this.next()
    const ended = (): void => {
      connection.streams -= 1
    }
    connection.streams += 1
    try {
      const data = await connection.client.request(options)
      data.body.once('close', ended)
      return data
    } catch (error) {
      ended()
      throw error
    }
  }

  countAnswer(): void {
    this.answers += 1
  }

  /** Ends the connections when what is under way has ended. */
  async close(): Promise<void> {
    const open = this.connections.filter(({ client }) => !client.destroyed && !client.closed)
    await Promise.all(open.map(({ client }) => client.close()))
  }

  /** Ends them at once; what is under way fails. */
  async destroy(): Promise<void> {
    await Promise.all(this.connections.map(({ client }) => client.destroy()))
  }

  private next(): Connection {
    const { connections, width } = this
    let next: Connection | undefined
    let least = Number.POSITIVE_INFINITY
    for (let i = 0; i < connections.length && i < width; i++) {
      const connection = connections[i]!
      const load = connection.client.stats.size + streamWeight * connection.streams
      if (load >= least) continue
      next = connection
      least = load
    }
    return next !== undefined && (least === 0 || connections.length >= width) ? next : this.add()
  }

  private add(): Connection {
    const client = new Client(this.origin, this.options)
    client.on('disconnect', (_origin, _clients, error) => {
      // A request that was kept back ends its connection as well: that was us.
      if (!(error instanceof errors.InformationalError && error.message === 'aborted')) this.closed += 1
    })
    const connection = { client, streams: 0 }
    this.connections.push(connection)
    return connection
  }
}
