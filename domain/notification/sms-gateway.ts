/** One text message to one telephone. */
export interface SmsMessage {
  /** E.164, "+12065550100". */
  to: string
  text: string
  /** The same message sent again keeps it, so that the provider sends it once. */
  idempotencyKey: string
}

export interface SmsGateway {
  /** Resolves with the provider's own id when it has taken the message over. Throws {@link SmsNotSent}. */
  send(message: SmsMessage): Promise<{ id: string }>
  close(): Promise<void>
}

/** Never names the number nor what the message says. */
export class SmsNotSent extends Error {
  constructor(
    /** True where sending the same message again cannot help. */
    readonly permanent: boolean,
    detail: string,
    /** When the provider asked to be left alone until; null where it did not. */
    readonly retryAt: Date | null = null,
  ) {
    super(`A text message was not sent: ${detail}.`)
    this.name = 'SmsNotSent'
  }
}
