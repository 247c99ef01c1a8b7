/**
 * What a verb refuses, in words that a screen, the command line and a machine interface can each map once.
 * `code` is a key of messages; `detail` is English, for logs and problem details (RFC 9457), and holds nothing personal.
 */
export class Refusal extends Error {
  constructor(
    readonly kind: 'not-found' | 'not-allowed' | 'wrong-state' | 'bad-input' | 'stale' | 'needs-proof',
    readonly code: string,
    readonly detail: string,
    /** The input it is about, where it is about one. */
    readonly field: string | null = null,
  ) {
    super(detail)
    this.name = 'Refusal'
  }
}

/** Not there, or not yours: the two must read the same. */
export const notFound = (what: string): Refusal => new Refusal('not-found', 'not-found', `There is no such ${what}.`)

export const badInput = (field: string, code: string, detail: string): Refusal =>
  new Refusal('bad-input', code, detail, field)

export const wrongState = (code: string, detail: string): Refusal => new Refusal('wrong-state', code, detail)
