import { randomUUID } from 'node:crypto'
import { guardedConnector, outsideUrl } from '@/gateways/address-guard'
import { HttpPost, NoAnswer, type PostAnswer } from '@/gateways/http-post'

export interface CamaraSettings {
  /** Base of the API with its version: https://api.operator.example/sim-swap/v2 */
  url: string
  /** Where tokens are asked for; the base's origin with /oauth2/token unless said. */
  tokenUrl?: string | undefined
  clientId: string
  clientSecret: string
  /** Hosts (host or host:port) that may be private, and be spoken to without TLS. */
  allowedHosts?: string[]
  timeoutMs?: number
  /** What the token is asked for; CAMARA's name of the API. */
  scope?: string
}

/** Why there is no answer that can be used, as a code that names nobody. */
export class CamaraTrouble extends Error {
  constructor(readonly code: string) {
    super(`The operator’s API gave no answer that can be used (${code}).`)
    this.name = 'CamaraTrouble'
  }
}

// An answer is a line of JSON; whatever is longer is none.
const answerBytes = 16_384
/** A token is asked for anew this long before it runs out. */
const spareMs = 30_000

/**
 * CAMARA APIs over HTTP (Commonalities 0.6): JSON posts with a bearer token of the client credentials grant (RFC 6749
 * section 4.4). No redirect is followed, and no private address reached unless its host is allowed.
 */
export class CamaraHttp {
  private readonly http: HttpPost
  private readonly base: URL
  private readonly tokens: URL
  private token: { text: string; until: number } | null = null

  constructor(private readonly settings: CamaraSettings) {
    const { url, tokenUrl, allowedHosts = [], timeoutMs = 8_000 } = settings
    const base = outsideUrl(url, allowedHosts)
    const tokens = base && outsideUrl(tokenUrl || `${base.origin}/oauth2/token`, allowedHosts)
    if (!base || !tokens)
      throw new RangeError('CAMARA_URL and CAMARA_TOKEN_URL are https:// addresses without a password.')
    this.base = new URL(`${base.href.replace(/\/+$/, '')}/`)
    this.tokens = tokens
    const refuse = () => new CamaraTrouble('address-not-allowed')
    const connect = guardedConnector(allowedHosts, { timeout: timeoutMs, refuse })
    this.http = new HttpPost({ timeoutMs, connections: 8, answerBytes: answerBytes + 1, connect })
  }

  /** Posts and answers the JSON of a 200. Throws {@link CamaraTrouble} for everything else. */
  async post(path: string, body: object): Promise<unknown> {
    const answer = await this.ask(path, body)
    if (answer.status !== 200) throw new CamaraTrouble(`status-${answer.status}`)
    return jsonOf(answer)
  }

  /** Posts and answers whatever came back. Throws {@link CamaraTrouble} where nothing whole did. */
  async ask(path: string, body: object): Promise<PostAnswer> {
    const first = await this.send(path, body, await this.bearer())
    // A token may have been withdrawn before its time.
    return first.status === 401 ? this.send(path, body, await this.bearer(true)) : first
  }

  close(): Promise<void> {
    return this.http.close()
  }

  private send(path: string, body: object, token: string): Promise<PostAnswer> {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json',
      'x-correlator': randomUUID(),
    }
    return this.http.send(new URL(path, this.base), headers, JSON.stringify(body)).catch(noAnswer)
  }

  private async bearer(anew = false): Promise<string> {
    if (!anew && this.token && this.token.until > Date.now()) return this.token.text
    const { clientId, clientSecret } = this.settings
    // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
    const pair = [clientId, clientSecret].map(one => encodeURIComponent(one)).join(':')
    const headers = {
      authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    }
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      scope: this.settings.scope ?? 'sim-swap',
    }).toString()
    const answer = await this.http.send(this.tokens, headers, body).catch(noAnswer)
    if (answer.status !== 200) throw new CamaraTrouble(`token-status-${answer.status}`)
    const { access_token, token_type, expires_in } = jsonOf(answer) as Record<string, unknown>
    const isBearer = typeof token_type === 'string' && token_type.toLowerCase() === 'bearer'
    if (!isBearer || typeof access_token !== 'string' || !/^[\x21-\x7e]{1,8000}$/.test(access_token))
      throw new CamaraTrouble('token-odd')
    const seconds = typeof expires_in === 'number' && expires_in > 0 ? expires_in : 0
    this.token = { text: access_token, until: Date.now() + Math.min(seconds, 3_600) * 1000 - spareMs }
    return access_token
  }
}

function noAnswer(error: unknown): never {
  if (error instanceof NoAnswer)
    throw error.cause instanceof CamaraTrouble ? error.cause : new CamaraTrouble(error.code)
  throw error
}

/** An object, said to be JSON, whole. Throws {@link CamaraTrouble}. */
export function jsonOf({ headers, body }: PostAnswer): object {
  const type = String(headers['content-type'] ?? '')
  if (!/^application\/json\s*(;|$)/i.test(type)) throw new CamaraTrouble('not-json')
  if (body.length > answerBytes) throw new CamaraTrouble('too-long')
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error
  }
  throw new CamaraTrouble('not-json')
}
