import type { IncomingHttpHeaders } from 'node:http'

/** How long and how often one request is tried again, in milliseconds. */
export interface RetryPolicy {
  /** The first pause; each further one is twice as long, less up to half by chance. */
  baseMs: number
  capMs: number
  /** The longest pause a server may ask for and still be waited for here. */
  longestAskMs: number
  /** All pauses of one request together. */
  patienceMs: number
  /** How long a server may say nothing in the middle of a request. */
  idleMs: number
}

export const defaultRetryPolicy: RetryPolicy = {
  baseMs: 250,
  capMs: 5_000,
  longestAskMs: 5_000,
  patienceMs: 12_000,
  idleMs: 30_000,
}

/** Milliseconds until a server wants to hear from us again (RFC 9110 section 10.2.3), null where it does not say. */
export const retryAfterMs = (headers: IncomingHttpHeaders, now: number): number | null => {
  const value = headers['retry-after']?.trim()
  if (!value) return null
  if (/^\d+$/.test(value)) return Number(value) * 1000
  const at = Date.parse(value)
  if (Number.isNaN(at)) return null
  // The server's own clock, where it shows it: ours may be wrong by minutes.
  const servers = headers.date ? Date.parse(headers.date) : Number.NaN
  return Math.max(0, at - (Number.isNaN(servers) ? now : servers))
}

/** The patience that one request has left. */
export class Patience {
  private tries = 0
  private waited = 0

  constructor(private readonly policy: RetryPolicy) {}

  /** Milliseconds to wait before another of at most `maxTries` tries in all, or null when it is enough. */
  next(maxTries: number): number | null {
    this.tries += 1
    if (this.tries >= maxTries) return null
    const full = Math.min(this.policy.capMs, this.policy.baseMs * 2 ** (this.tries - 1))
    return this.spend(full * (0.5 + Math.random() / 2))
  }

  /** The same where the server named the time itself. */
  asked(ms: number, maxTries: number): number | null {
    if (ms > this.policy.longestAskMs) return null
    const own = this.next(maxTries)
    if (own === null || ms <= own) return own
    return this.spend(ms - own) === null ? null : ms
  }

  private spend(ms: number): number | null {
    if (this.waited + ms > this.policy.patienceMs) return null
    this.waited += ms
    return ms
  }
}

/** Errors of the connection that another try may cure, and how many tries they are worth: a time-out costs half a minute. */
const triesByCode: Record<string, number> = {
  ECONNRESET: 4,
  ECONNABORTED: 4,
  EPIPE: 4,
  UND_ERR_SOCKET: 4,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 3,
  ECONNREFUSED: 3,
  EHOSTUNREACH: 2,
  ENETUNREACH: 2,
  EAI_AGAIN: 2,
  ETIMEDOUT: 2,
  UND_ERR_CONNECT_TIMEOUT: 2,
  UND_ERR_HEADERS_TIMEOUT: 2,
  UND_ERR_BODY_TIMEOUT: 2,
}

/** The code by which Node or undici names an error, '' where it has none. A group of failed addresses is named by its first. */
export const errorCode = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0])
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error.name === 'HTTPParserError') return 'HPE'
  return ''
}

export const triesForError = (error: unknown): number => triesByCode[errorCode(error)] ?? 1

/** How many tries a status is worth; 1 where it is an answer. 429 and 503 are the server's to time. */
export const triesForStatus = (status: number): number => {
  if (status === 429 || status === 503) return 5
  if (status === 408 || status === 425 || status === 502 || status === 504) return 4
  return status === 500 || status === 423 ? 3 : 1
}
