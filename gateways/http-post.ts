import type { IncomingHttpHeaders } from 'node:http'
import { Agent, type buildConnector } from 'undici'
import { errorCode } from '@/gateways/device-account/dav-retry'

export interface PostSettings {
  /** For everything: the connection, the request and its whole answer. */
  timeoutMs: number
  /** At once to one server. */
  connections: number
  /** Of an answer, read at most; the rest is left and its connection ended. */
  answerBytes: number
  connect?: buildConnector.connector
}

export interface PostAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** No answer, or only part of one. */
export class NoAnswer extends Error {
  constructor(
    readonly code: 'timed-out' | 'not-found' | 'unreachable',
    cause: unknown,
  ) {
    super(`There was no answer (${code}).`, { cause })
    this.name = 'NoAnswer'
  }
}

/** POST over kept-alive connections, once, following no redirect. */
export class HttpPost {
  private readonly agent: Agent

  constructor(private readonly settings: PostSettings) {
    const { connections, connect, timeoutMs } = settings
    this.agent = new Agent({ connections, ...(connect ? { connect } : { connect: { timeout: timeoutMs } }) })
  }

  /** Throws {@link NoAnswer}, whose cause is the connector's error where it was that. */
  async send(url: URL, headers: Record<string, string>, body: string | Buffer): Promise<PostAnswer> {
    const signal = AbortSignal.timeout(this.settings.timeoutMs)
    try {
      const answer = await this.agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        headers,
        body,
        signal,
      })
      return { status: answer.statusCode, headers: answer.headers, body: await this.read(answer.body) }
    } catch (error) {
      throw new NoAnswer(reasonOf(error, signal), error)
    }
  }

  /** Ends kept-alive connections when what is under way has ended. */
  close(): Promise<void> {
    return this.agent.close()
  }

  private async read(body: AsyncIterable<Buffer>): Promise<Buffer> {
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of body) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= this.settings.answerBytes) break
    }
    return Buffer.concat(chunks).subarray(0, this.settings.answerBytes)
  }
}

function reasonOf(error: unknown, signal: AbortSignal): NoAnswer['code'] {
  if (signal.aborted) return 'timed-out'
  const code = errorCode(error)
  if (code === 'ENOTFOUND') return 'not-found'
  return code === 'ETIMEDOUT' || /^UND_ERR_\w+_TIMEOUT$/.test(code) ? 'timed-out' : 'unreachable'
}
