import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { PushAddress } from '@/domain/notification/push-gateway'

interface ReceivedPush {
  payload: string
  ttl: string | undefined
  topic: string | undefined
  urgency: string | undefined
}

export interface PushService {
  /** http://127.0.0.1:PORT */
  origin: string
  /** A browser that subscribes with this application server's key (base64url). */
  subscribe(applicationServerKey: string): { to: PushAddress; received: ReceivedPush[] }
  /** Answers every message with this until called again with null; 'never' says nothing at all. */
  answerWith(answer: { status: number; headers?: Record<string, string> } | 'never' | null): void
  /** Why messages were refused with 400 or 403, in order. */
  refusals: string[]
  stop(): Promise<void>
}

interface Subscription {
  key: ECDH
  secret: Buffer
  applicationServerKey: string
  received: ReceivedPush[]
}

class Refused extends Error {
  constructor(
    readonly status: number,
    why: string,
  ) {
    super(why)
  }
}

/**
 * A push service with its browsers: checks VAPID (RFC 8292) against the key that the browser subscribed with, decrypts
 * what arrives (RFC 8291) and keeps it. 404 for a subscription that there is not, 400 and 403 for what is not right.
 */
export async function startPushService(): Promise<PushService> {
  const subscriptions = new Map<string, Subscription>()
  const refusals: string[] = []
  let origin = ''
  let fixed: { status: number; headers?: Record<string, string> } | 'never' | null = null
  const take = (headers: IncomingHttpHeaders, path: string, body: Buffer): number => {
    const subscription = subscriptions.get(path)
    if (!subscription) return 404
    try {
      checkVapid(headers.authorization ?? '', { origin, key: subscription.applicationServerKey, now: Date.now() })
      if (headers['content-encoding'] !== 'aes128gcm') throw new Refused(400, 'another encoding')
      if (!/^\d+$/.test(String(headers.ttl))) throw new Refused(400, 'no TTL')
      const payload = decrypt(body, subscription)
      const { ttl, topic, urgency } = headers as Record<string, string | undefined>
      subscription.received.push({ payload, ttl, topic, urgency })
      return 201
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : 'unknown')
      return error instanceof Refused ? error.status : 400
    }
  }
  const server = createServer(async (incoming, outgoing) => {
    const body = await wholeBody(incoming)
    if (fixed === 'never') return
    const { status, headers } = fixed ?? { status: take(incoming.headers, incoming.url ?? '', body), headers: {} }
    outgoing.writeHead(status, headers).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    origin,
    refusals,
    subscribe(applicationServerKey) {
      const key = createECDH('prime256v1')
      const [p256dh, secret] = [key.generateKeys().toString('base64url'), randomBytes(16)]
      const path = `/push/${randomBytes(12).toString('base64url')}`
      const received: ReceivedPush[] = []
      subscriptions.set(path, { key, secret, applicationServerKey, received })
      return { to: { endpoint: `${origin}${path}`, keys: { p256dh, auth: secret.toString('base64url') } }, received }
    },
    answerWith: next => {
      fixed = next
    },
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function wholeBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** RFC 8292 sections 2 and 3: `vapid t=<JWT>, k=<key>`, signed with ES256 for this service, for at most a day. */
function checkVapid(authorization: string, expected: { origin: string; key: string; now: number }): void {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? []
  if (key !== expected.key) throw new Refused(403, 'another key than the browser subscribed with')
  const [head = '', claims = '', signature = ''] = token.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
  if (read(head).alg !== 'ES256') throw new Refused(403, 'another algorithm')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = Buffer.from(`${head}.${claims}`)
  const options = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  if (!verify('sha256', signed, options, Buffer.from(signature, 'base64url')))
    throw new Refused(403, 'a signature that is not right')
  const { aud, exp, sub } = read(claims)
  const ahead = exp * 1000 - expected.now
  if (aud !== expected.origin) throw new Refused(403, 'a token for another service')
  if (!(ahead > 0 && ahead <= 86_400_000)) throw new Refused(403, 'a token whose time is not right')
  if (!/^(mailto:|https:\/\/)/.test(sub)) throw new Refused(403, 'nobody to write to')
}

/** RFC 8291 section 3.4 and RFC 8188 section 2, one record. */
function decrypt(body: Buffer, { key, secret }: Subscription): string {
  const salt = body.subarray(0, 16)
  const idLength = body[20]!
  const sender = body.subarray(21, 21 + idLength)
  const sealed = body.subarray(21 + idLength)
  if (sealed.length > body.readUInt32BE(16)) throw new Refused(400, 'more than one record')
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), key.getPublicKey(), sender])
  const ikm = Buffer.from(hkdfSync('sha256', key.computeSecret(sender), secret, info, 32))
  const derive = (what: string, length: number) =>
    Buffer.from(hkdfSync('sha256', ikm, salt, Buffer.from(`Content-Encoding: ${what}\0`), length))
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12))
  decipher.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  const end = padded.lastIndexOf(2)
  if (end < 0) throw new Refused(400, 'no delimiter')
  return padded.toString('utf8', 0, end)
}
