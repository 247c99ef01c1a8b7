/**
 * What the operator said of a code. unknown is every answer that is not exactly one of the other two, no answer at all too:
 * it holds.
 */
export type OtpVerdict = 'right' | 'wrong' | 'unknown'

/** An operator who makes codes, sends them and says whether one is right: nobody here ever knows it. */
export interface OtpGateway {
  /**
   * Has a code sent to a number (E.164) and answers what the operator calls it. `message` holds "{{code}}" once and has 160
   * characters at most. Throws {@link OtpNotSent}.
   */
  send(phoneNumber: string, message: string): Promise<string>
  /** Never throws. */
  validate(authenticationId: string, code: string): Promise<OtpVerdict>
}

/** The operator did not say that it sent a code. `permanent`: it will not, however often it is asked. */
export class OtpNotSent extends Error {
  constructor(
    readonly code: string,
    readonly permanent: boolean,
  ) {
    super(`The operator sent no code (${code}).`)
    this.name = 'OtpNotSent'
  }
}
