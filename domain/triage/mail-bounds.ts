/** How much is taken of mail that comes in. */
export const mailBounds = {
  /** Octets of one mail. */
  size: 25 * 1024 * 1024,
  /** Mails of one ticket that are entered within an hour; what comes beyond them is kept aside. */
  enteredAnHour: 20,
  /** Mails, and octets, for one ticket within an hour; the relay keeps what comes beyond them for later. */
  takenAnHour: 100,
  octetsAnHour: 100 * 1024 * 1024,
  /** Servers that a mail has passed (RFC 5321 section 6.3). */
  hops: 50,
  /** Characters of what is left out of an entry. */
  trimmed: 500_000,
  /** Times that reading one is begun. */
  tries: 3,
} as const

/** Where a mail lies sealed until it is entered, and while it is kept aside. */
export const mailKey = (mailId: string): string => `mails/${mailId}`
