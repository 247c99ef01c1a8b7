import type { IncomingHttpHeaders } from 'node:http'
import type { LookupFunction } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Dispatcher } from 'undici'
import { DeviceAccountError, type Payload } from '@/domain/restore/device-account'
import { guardedConnector, isAllowedHost } from '@/gateways/address-guard'
import { BufferedAnswer, KeptBack, type StreamedAnswer, streamedAnswer } from '@/gateways/device-account/dav-answer'
import { DavConnections } from '@/gateways/device-account/dav-connections'
import {
  defaultRetryPolicy,
  errorCode,
  Patience,
  type RetryPolicy,
  retryAfterMs,
  triesForError,
  triesForStatus,
} from '@/gateways/device-account/dav-retry'
import { OriginTrust } from '@/gateways/device-account/dav-trust'

interface DavHttpOptions {
  /** The addresses the account names itself; the password is for their origins. */
  urls: readonly URL[]
  username: string | null
  password: string | null
  allowedHosts: readonly string[]
  userAgent: string
  connections: number
  signal?: AbortSignal
  /** Instead of the system's name resolution; what it answers is guarded all the same. */
  lookup?: LookupFunction
  retry?: RetryPolicy
}

export interface DavRequest {
  method: string
  url: string
  headers?: Record<string, string>
  body?: string | Uint8Array | Payload
  /** Tries instead of what the status or error is worth: 1 where the caller has a better idea than trying again. */
  maxTries?: number
  /** Bytes of the answer that are kept; more is an error. */
  limit?: number
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  /** The address that answered, redirects followed. */
  url: string
  body: Buffer
}

/** Where one request goes. */
interface Target {
  href: string
  origin: string
  /** With the query. */
  path: string
}

/** An address that is in its one spelling already, as nearly all are: nothing of it need be taken apart, for every record. */
const plainAddress = /^(https?:\/\/[a-z0-9.-]+(?::\d+)?)((?:\/(?!%2e)[\w~%-][\w.~%-]*)+\/?)$/i

const targetOf = (url: URL): Target => ({ href: url.href, origin: url.origin, path: url.pathname + url.search })

const connectTimeoutMs = 10_000
/** A slow line still moves this many bytes a millisecond: what a large upload gets on top of the idle time. */
const slowestBytesPerMs = 16
const maxRedirects = 5
const answerLimit = 4 * 1024 * 1024
/** Bodies above this go out in slices, or one write of many seconds would look like silence. */
const sliceFrom = 256 * 1024

const isRedirect = (status: number): boolean => status === 307 || status === 308 || (status >= 301 && status <= 303)

/** Another method must not be sent after a write was redirected with 301 to 303, and the same may land on a sign-in page. */
const mayFollow = (method: string, status: number): boolean =>
  ['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT'].includes(method) || status === 307 || status === 308

const forbiddenAddress = (host: string): DeviceAccountError =>
  new DeviceAccountError(
    'forbidden-address',
    `${host} is an address inside a private network, which is not allowed here`,
  )

/** What a payload's own source failed with, so that it is not taken for a failure of the connection. */
class PayloadFailure extends Error {}

async function* chunksOf(source: () => AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* source()
  } catch (cause) {
    throw new PayloadFailure('the payload could not be read', { cause })
  }
}

async function* slices(body: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < body.length; at += 65_536) yield body.subarray(at, at + 65_536)
}

/**
 * HTTP as a DAV account needs it: kept-alive connections to each server, Basic authentication (RFC 7617, UTF-8) to
 * trusted origins alone, bounded redirects that keep the method, bounded retries, every connection behind the address guard.
 * Throws {@link DeviceAccountError}: unreachable, unauthorized (401), throttled, full (507), forbidden-address, not-understood.
 */
export class DavHttp {
  readonly trust: OriginTrust
  private readonly peers = new Map<string, DavConnections>()
  /** Names and values in turn. */
  private readonly headers: readonly string[]
  private readonly trustedHeaders: readonly string[]
  private readonly connect: ReturnType<typeof guardedConnector>
  private readonly retry: RetryPolicy
  private pausedUntil = 0
  private readonly isPaused = (): boolean => this.pausedUntil > Date.now()
  private readonly onAbort = (): void => {
    for (const peer of this.peers.values()) void peer.destroy()
  }

  constructor(private readonly options: DavHttpOptions) {
    this.trust = new OriginTrust(options.urls)
    this.headers = ['user-agent', options.userAgent, 'accept-encoding', 'identity']
    const credentials = `${options.username}:${options.password ?? ''}`
    const authorization = ['authorization', `Basic ${Buffer.from(credentials).toString('base64')}`]
    this.trustedHeaders = options.username === null ? this.headers : [...this.headers, ...authorization]
    this.connect = guardedConnector(options.allowedHosts, {
      timeout: connectTimeoutMs,
      lookup: options.lookup,
      refuse: forbiddenAddress,
    })
    this.retry = options.retry ?? defaultRetryPolicy
    options.signal?.addEventListener('abort', this.onAbort, { once: true })
  }

  /** Whether the server at this origin ends the connection after most answers, as far as is known. */
  closesConnections(origin: string): boolean {
    return this.peers.get(origin)?.endsConnections ?? false
  }

  /** How many connections to the server at this origin are worth having at once. */
  connectionsTo(origin: string): number {
    return this.peers.get(origin)?.width ?? this.options.connections
  }

  /** One request with its whole answer, for answers that are small. */
  exchange(request: DavRequest): Promise<Answer> {
    return this.persist(request, (target, peer) => this.buffered(request, target, peer))
  }

  /** One request whose answer is read as it arrives. An answer that is no multistatus comes with its body already read away. */
  open(request: DavRequest): Promise<StreamedAnswer> {
    return this.persist(request, async (target, peer) => {
      const options = this.dispatchOptions(request, target)
      return streamedAnswer(await peer.request({ ...options, signal: this.options.signal }), target.href)
    })
  }

  /** Ends kept-alive connections when what is under way has ended. */
  async close(): Promise<void> {
    this.options.signal?.removeEventListener('abort', this.onAbort)
    const peers = [...this.peers.values()]
    this.peers.clear()
    await Promise.all(peers.map(peer => peer.close()))
  }

  /** Throws the reason of the signal where whoever opened the account wants it to let go. */
  throwIfAborted(): void {
    this.options.signal?.throwIfAborted()
  }

  async wait(ms: number): Promise<void> {
    try {
      await sleep(ms, undefined, { signal: this.options.signal })
    } catch (error) {
      this.throwIfAborted()
      throw error
    }
  }

  private async persist<T extends { status: number; headers: IncomingHttpHeaders; url: string }>(
    request: DavRequest,
    send: (target: Target, peer: DavConnections) => Promise<T>,
  ): Promise<T> {
    const patience = new Patience(this.retry)
    for (;;) {
      const pause = this.pausedUntil - Date.now()
      if (pause > 0) await this.wait(pause)
      let wait: number | null
      try {
        const answer = await this.follow(request, send)
        const tries = triesForStatus(answer.status)
        if (tries === 1) return this.accept(request, answer)
        wait = this.pauseFor(answer, patience, Math.min(tries, request.maxTries ?? tries))
        if (wait === null) return this.accept(request, answer)
      } catch (error) {
        this.throwIfAborted()
        if (error instanceof KeptBack) continue
        if (error instanceof PayloadFailure) throw error.cause
        if (error instanceof DeviceAccountError || errorCode(error) === '') throw error
        wait = patience.next(Math.min(triesForError(error), request.maxTries ?? 4))
        if (wait === null) throw this.asAccountError(error, request.url)
      }
      await this.wait(wait)
    }
  }

  /** Milliseconds to wait before the same is asked again; null where this answer is the last word. */
  private pauseFor(
    answer: { status: number; headers: IncomingHttpHeaders; url: string },
    patience: Patience,
    tries: number,
  ) {
    const asked = retryAfterMs(answer.headers, Date.now())
    if (answer.status !== 429 && answer.status !== 503) return patience.next(tries)
    const wait = asked === null ? patience.next(tries) : patience.asked(asked, tries)
    if (wait !== null) {
      this.pausedUntil = Math.max(this.pausedUntil, Date.now() + wait)
      return wait
    }
    const host = new URL(answer.url).host
    if (asked === null && answer.status === 503) {
      throw new DeviceAccountError('unreachable', `${host} says that it is out of service (503)`)
    }
    const retryAt = asked === null ? null : new Date(Date.now() + asked)
    throw new DeviceAccountError('throttled', `${host} asks us to slow down (${answer.status})`, retryAt)
  }

  /** What ends every request alike, whatever it was about. */
  private accept<T extends { status: number; url: string }>(request: DavRequest, answer: T): T {
    const { status, url } = answer
    if (status === 401)
      throw new DeviceAccountError('unauthorized', `${new URL(url).host} refuses the user name or password`)
    // To a question 507 means that the answer would be too long (RFC 6578 section 3.6).
    const asks = request.method === 'PROPFIND' || request.method === 'REPORT'
    if (status === 507 && !asks)
      throw new DeviceAccountError('full', `${new URL(url).host} has no room left for this account`)
    return answer
  }

  private async follow<T extends { status: number; headers: IncomingHttpHeaders; url: string }>(
    request: DavRequest,
    send: (target: Target, peer: DavConnections) => Promise<T>,
  ): Promise<T> {
    let target = this.admitted(request.url)
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const peer = this.peerOf(target)
      const answer = await send(target, peer)
      peer.countAnswer()
      const location = answer.headers.location
      if (!isRedirect(answer.status) || !location || !mayFollow(request.method, answer.status)) return answer
      const url = new URL(target.href)
      const next = URL.canParse(location, url) ? this.trust.admit(url, new URL(location, url)) : null
      if (!next) throw new DeviceAccountError('not-understood', `${url.host} sends us on to a place outside itself`)
      next.hash = ''
      target = targetOf(next)
    }
    throw new DeviceAccountError('not-understood', `${new URL(target.href).host} sends us around in circles`)
  }

  /** No request of any kind leaves the house: an address from an answer is as good as the answer. */
  private admitted(address: string): Target {
    const plain = plainAddress.exec(address)
    if (plain && this.trust.holds(plain[1]!)) return { href: address, origin: plain[1]!, path: plain[2]! }
    const url = new URL(address)
    if (this.trust.holds(url.origin)) return targetOf(url)
    const home = this.options.urls[0]
    const admitted = home ? this.trust.admit(home, url) : null
    if (admitted) return targetOf(admitted)
    throw new DeviceAccountError('not-understood', `${url.host} does not belong to the account's own server`)
  }

  private peerOf({ origin }: Target): DavConnections {
    this.throwIfAborted()
    const known = this.peers.get(origin)
    if (known) return known
    // Passwords and people's records: without TLS only to hosts that the installation names.
    const { protocol, hostname, port, host } = new URL(origin)
    if (protocol === 'http:' && !isAllowedHost({ protocol, hostname, port }, this.options.allowedHosts))
      throw new DeviceAccountError('forbidden-address', `${host} would be spoken to without encryption`)
    const { idleMs } = this.retry
    const peer = new DavConnections(origin, this.options.connections, {
      connect: this.connect,
      headersTimeout: idleMs,
      bodyTimeout: idleMs,
    })
    this.peers.set(origin, peer)
    return peer
  }

  private dispatchOptions(request: DavRequest, { origin, path }: Target): Dispatcher.DispatchOptions {
    // A flat list is what undici reads fastest; this runs once for every record.
    const headers = this.trust.holds(origin) ? [...this.trustedHeaders] : [...this.headers]
    for (const name in request.headers) headers.push(name, request.headers[name]!)
    const { method, body } = request
    // undici ends the connection behind a body that it did not expect, and of the methods of WebDAV it knows few.
    const options: Dispatcher.DispatchOptions = { path, method, headers, reset: false }
    if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
      options.body = body
      return options
    }
    headers.push('content-type', body.contentType)
    if (body.body instanceof Uint8Array && body.body.length <= sliceFrom) {
      options.body = body.body
      return options
    }
    const source = body.body
    const [length, chunks] =
      source instanceof Uint8Array ? [source.length, slices(source)] : [body.length, chunksOf(source)]
    headers.push('content-length', String(length))
    options.headersTimeout = this.retry.idleMs + length / slowestBytesPerMs
    options.body = Readable.from(chunks, { objectMode: false })
    return options
  }

  private buffered(request: DavRequest, target: Target, peer: DavConnections): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const options = this.dispatchOptions(request, target)
      const limit = request.limit ?? answerLimit
      peer.dispatch(options, new BufferedAnswer(target.href, limit, resolve, reject, this.isPaused))
    })
  }

  private asAccountError(error: unknown, url: string): DeviceAccountError {
    const code = errorCode(error)
    const host = new URL(url).host
    if (code.startsWith('HPE')) return new DeviceAccountError('not-understood', `${host} does not speak HTTP (${code})`)
    return new DeviceAccountError('unreachable', `${host} cannot be reached (${code})`)
  }
}
