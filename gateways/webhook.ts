import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { type WebhookGateway, WebhookNotSent } from '@/domain/notification/webhook-gateway'
import {
  guardedConnector,
  guardedLookup,
  isAllowedHost,
  isForbiddenAddress,
  outsideUrl,
} from '@/gateways/address-guard'
import { HttpPost, NoAnswer } from '@/gateways/http-post'
import { retryAt } from '@/gateways/retry-at'

export interface WebhookSettings {
  /** `host` or `host:port`: may be private, and spoken to without TLS. */
  allowedHosts: readonly string[]
  /** 15 s unless said. */
  timeoutMs?: number
  /** At once to one server, 4 unless said. */
  connections?: number
  lookup?: LookupFunction
}

const longestAnswer = 2000
const idForm = /^[\x21-\x7e]{1,200}$/
const secretForm = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/

const details = {
  'timed-out': 'the endpoint gave no answer in time',
  'not-found': 'the name of its host is not known',
  unreachable: 'the endpoint cannot be reached',
} as const

const privateAddress = (): WebhookNotSent =>
  new WebhookNotSent(true, 'private-address', 'its address lies inside a private network')

/** Webhooks by POST, signed as Standard Webhooks 1.0 says. */
export function standardWebhook({
  allowedHosts,
  timeoutMs = 15_000,
  connections = 4,
  lookup,
}: WebhookSettings): WebhookGateway {
  const guard = { timeout: timeoutMs, refuse: privateAddress, ...(lookup ? { lookup } : {}) }
  const http = new HttpPost({
    timeoutMs,
    connections,
    // Four bytes at most for each character.
    answerBytes: longestAnswer * 4,
    connect: guardedConnector(allowedHosts, guard),
  })
  const resolve = guardedLookup(guard)
  return {
    async send({ url, secret, id, payload }) {
      const address = usableAddress(url, allowedHosts)
      if (!idForm.test(id)) throw new RangeError('The id of a webhook is one word.')
      const headers = signedHeaders(secret, id, payload)
      const answer = await http.send(address, headers, payload).catch(notAnswered)
      const { status } = answer
      if (status >= 200 && status <= 299) return { status, body: firstCharacters(answer.body) }
      if (status === 410) throw new WebhookNotSent(true, 'gone', 'the endpoint answered 410', status)
      const at = retryAt(status, answer.headers, Date.now())
      throw new WebhookNotSent(false, 'refused', `the endpoint answered ${status}`, status, at)
    },
    async check(url) {
      const address = usableAddress(url, allowedHosts)
      const host = address.hostname.replace(/^\[|\]$/g, '')
      if (isAllowedHost(address, allowedHosts)) return
      if (isIP(host) !== 0) {
        if (isForbiddenAddress(host)) throw privateAddress()
        return
      }
      await new Promise<void>((found, failed) => resolve(host, {}, error => (error ? failed(error) : found()))).catch(
        (error: unknown) => {
          if (error instanceof WebhookNotSent) throw error
          throw new WebhookNotSent(true, 'not-found', details['not-found'])
        },
      )
    },
    close: () => http.close(),
  }
}

function usableAddress(url: string, allowedHosts: readonly string[]): URL {
  const address = outsideUrl(url, allowedHosts)
  if (address === null) throw new WebhookNotSent(true, 'bad-address', 'its address is not https:// and a host alone')
  return address
}

/** Without NUL, which no database keeps in a text. */
function firstCharacters(body: Buffer): string {
  return [...body.toString().replaceAll('\0', '\ufffd')].slice(0, longestAnswer).join('')
}

function signedHeaders(secret: string, id: string, payload: string): Record<string, string> {
  if (!secretForm.test(secret))
    throw new RangeError('The secret of a webhook is whsec_ and base64 of 24 bytes or more.')
  const now = new Date()
  return {
    'content-type': 'application/json',
    'user-agent': 'Homeward-Webhooks/1.0',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, payload),
  }
}

function notAnswered(error: unknown): never {
  if (!(error instanceof NoAnswer)) throw error
  if (error.cause instanceof WebhookNotSent) throw error.cause
  throw new WebhookNotSent(false, error.code, details[error.code])
}
