/** Where a browser takes push messages (W3C Push API: PushSubscription). */
export interface PushAddress {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

export interface PushMessage {
  to: PushAddress
  /** JSON, at most 3,000 bytes: what the service worker shows. */
  payload: string
  /** Seconds that the push service keeps it for a browser that is off. */
  ttl: number
  /** Replaces an undelivered one of the same topic (RFC 8030 section 5.4): at most 32 of A-Z a-z 0-9 - _. */
  topic: string
}

export interface PushGateway {
  /** The application server's public key (VAPID, RFC 8292), base64url: what browsers subscribe with. */
  readonly publicKey: string
  /** Throws {@link PushNotSent}. */
  send(message: PushMessage): Promise<void>
  close(): Promise<void>
}

/** Never names the endpoint nor what the message says. */
export class PushNotSent extends Error {
  constructor(
    /** True where the browser has given the subscription up (404, 410), or the message is refused for good. */
    readonly permanent: boolean,
    detail: string,
    readonly retryAt: Date | null = null,
  ) {
    super(`A push message was not sent: ${detail}.`)
    this.name = 'PushNotSent'
  }
}
