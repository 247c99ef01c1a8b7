/** The ticket that a mail is for, and whose it is. */
export interface MailRecipient {
  ticketId: string
  carrierId: string
  subscriberId: string
}

/** What a listener for mail asks and hands over to. */
export interface MailDesk {
  /** Null: nobody has that address. later: so much came for it lately that the relay has to wait. */
  recipientOf(address: string): Promise<MailRecipient | 'later' | null>
  /**
   * Resolves once the mail will not be lost any more; the same one again is taken once. Rejects with what `content` throws,
   * and then nothing of it is kept.
   */
  take(recipient: MailRecipient, mail: { emptySender: boolean; content: AsyncIterable<Uint8Array> }): Promise<void>
}
