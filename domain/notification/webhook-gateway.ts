/** One signed event for one endpoint (Standard Webhooks 1.0). */
export interface WebhookMessage {
  url: string
  /** `whsec_` and base64. */
  secret: string
  /** `webhook-id`: the same event keeps it when it is sent again. */
  id: string
  /** JSON. */
  payload: string
}

export interface WebhookGateway {
  /**
   * POSTs the event, signed. Resolves with the first 2,000 characters of a 2xx answer. No redirect is followed, no
   * private address is spoken to. Throws {@link WebhookNotSent}.
   */
  send(message: WebhookMessage): Promise<{ status: number; body: string }>
  /** Throws {@link WebhookNotSent}, permanent, where this address may not be used at all. */
  check(url: string): Promise<void>
  close(): Promise<void>
}

/** `code` says what happened in one word for people who look after the endpoint. */
export class WebhookNotSent extends Error {
  constructor(
    readonly permanent: boolean,
    readonly code: 'bad-address' | 'private-address' | 'not-found' | 'unreachable' | 'timed-out' | 'refused' | 'gone',
    detail: string,
    readonly status: number | null = null,
    readonly retryAt: Date | null = null,
  ) {
    super(`A webhook was not sent: ${detail}.`)
    this.name = 'WebhookNotSent'
  }
}
