import webpush from 'web-push'
import { type PushGateway, type PushMessage, PushNotSent } from '@/domain/notification/push-gateway'
import { guardedConnector, outsideUrl } from '@/gateways/address-guard'
import { HttpPost, NoAnswer } from '@/gateways/http-post'
import { retryAt } from '@/gateways/retry-at'

export interface WebPushSettings {
  /** VAPID (RFC 8292): base64url, as {@link generateVapidKeys} makes them. */
  publicKey: string
  privateKey: string
  /** Whom a push service may write to: mailto:… or https://…. */
  subject: string
  /** `host` or `host:port`: may be private, and spoken to without TLS. */
  allowedHosts: readonly string[]
  timeoutMs?: number
  /** At once to one push service, 32 unless said. */
  connections?: number
}

const longestPayload = 3000
const longestTtl = 2_419_200
const topicForm = /^[A-Za-z0-9_-]{1,32}$/
const answerBytes = 2000
/** RFC 8292 section 2 allows a day; one token serves many messages to the same service (section 4.1). */
const tokenSeconds = 12 * 3600
const renewMs = 3600_000
const mostTokens = 500

const privateAddress = (): PushNotSent => new PushNotSent(true, 'its address lies inside a private network')

/** Push messages (RFC 8030), encrypted for one browser (RFC 8291). Throws an Error for keys or a subject that cannot be right. */
export function webPush(settings: WebPushSettings): PushGateway & { close(): Promise<void> } {
  const { publicKey, allowedHosts, timeoutMs = 15_000, connections = 32 } = settings
  const authorize = vapidTokens(settings)
  authorize('https://push.example')
  const connect = guardedConnector(allowedHosts, { timeout: timeoutMs, refuse: privateAddress })
  const http = new HttpPost({ timeoutMs, connections, answerBytes, connect })
  return {
    publicKey,
    async send(message) {
      const address = serviceAddress(message.to.endpoint, allowedHosts)
      const { headers, body } = encrypted(message, authorize(address.origin))
      const answer = await http.send(address, headers, body).catch(notAnswered)
      const { status } = answer
      if (status >= 200 && status <= 299) return
      // RFC 8030 section 7.3. Everything else, 413 too, is about this message or this moment: the browser is still there.
      const permanent = status === 404 || status === 410
      const at = retryAt(status, answer.headers, Date.now())
      throw new PushNotSent(permanent, `the push service answered ${status}`, at)
    },
    close: () => http.close(),
  }
}

/** A new pair for an installation: whoever loses it loses every subscription made with it. */
export function generateVapidKeys(): { publicKey: string; privateKey: string } {
  return webpush.generateVAPIDKeys()
}

function vapidTokens({ subject, publicKey, privateKey }: WebPushSettings): (origin: string) => string {
  const tokens = new Map<string, { value: string; until: number }>()
  return origin => {
    const now = Date.now()
    const known = tokens.get(origin)
    if (known && known.until > now) return known.value
    // Addresses come from browsers: whoever invents origins fills no memory.
    if (tokens.size >= mostTokens) tokens.clear()
    const expiry = Math.floor(now / 1000) + tokenSeconds
    const { Authorization } = webpush.getVapidHeaders(origin, subject, publicKey, privateKey, 'aes128gcm', expiry)
    tokens.set(origin, { value: Authorization, until: now + renewMs })
    return Authorization
  }
}

function serviceAddress(endpoint: string, allowedHosts: readonly string[]): URL {
  const address = outsideUrl(endpoint, allowedHosts)
  if (address === null) throw new PushNotSent(true, 'its address is not one of a push service')
  return address
}

function encrypted({ to, payload, ttl, topic }: PushMessage, authorization: string) {
  if (payload === '' || Buffer.byteLength(payload) > longestPayload)
    throw new RangeError('The payload of a push message is 1 to 3,000 bytes.')
  if (!Number.isInteger(ttl) || ttl < 0 || ttl > longestTtl)
    throw new RangeError('A push message is kept for a whole number of seconds, at most four weeks.')
  if (!topicForm.test(topic)) throw new RangeError('The topic of a push message is at most 32 of A-Z a-z 0-9 - _.')
  const { cipherText } = encryptedPayload(to.keys, payload)
  const headers = {
    authorization,
    'content-encoding': 'aes128gcm',
    'content-type': 'application/octet-stream',
    ttl: String(ttl),
    topic,
    urgency: 'normal',
  }
  return { headers, body: cipherText }
}

function encryptedPayload({ p256dh, auth }: PushMessage['to']['keys'], payload: string) {
  try {
    return webpush.encrypt(p256dh, auth, payload, 'aes128gcm')
  } catch {
    throw new PushNotSent(true, 'its keys are none')
  }
}

function notAnswered(error: unknown): never {
  if (!(error instanceof NoAnswer)) throw error
  if (error.cause instanceof PushNotSent) throw error.cause
  throw new PushNotSent(false, `the push service gave no answer (${error.code})`)
}
