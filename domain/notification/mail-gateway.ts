/** A piece that is the same object in many mails: what a gateway makes of it may be kept. */
export interface SharedText {
  readonly shared: string
}

/** Text, or its pieces in their order; a CR LF lies whole in one of them. */
export type MailText = string | readonly (string | SharedText)[]

/** One mail to one person. */
export interface MailMessage {
  /** A plain address. */
  to: string
  /** A plain address, or `Name <address>`. */
  from: string
  /** Where answers to it go, a plain address; left out: to whom it is from. */
  replyTo?: string
  subject: string
  text: MailText
  html: MailText
  /** `<left@right>` (RFC 5322 section 3.6.4). The same message sent again keeps it, so that a second copy is recognisable. */
  messageId: string
  /** Further headers; those that say who writes to whom, and MIME's, are refused. */
  headers?: Record<string, string>
}

export interface MailGateway {
  /** Resolves when the next server, or the folder, has taken the message over. Throws {@link MailNotSent}. */
  send(message: MailMessage): Promise<{ id: string }>
  close(): Promise<void>
}

/** Never names the address nor what the message says. */
export class MailNotSent extends Error {
  constructor(
    /** True where sending the same message again cannot help: the address or the message is refused. */
    readonly permanent: boolean,
    detail: string,
    /** The server says that there is no such mailbox: nothing of ours will ever reach it. */
    readonly nobodyThere = false,
  ) {
    super(`A message was not sent: ${detail}.`)
    this.name = 'MailNotSent'
  }
}
