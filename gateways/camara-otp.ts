import { z } from 'zod'
import { type OtpGateway, OtpNotSent, type OtpVerdict } from '@/domain/identity/otp-gateway'
import { CamaraHttp, type CamaraSettings, CamaraTrouble, jsonOf } from '@/gateways/camara-http'

const sent = z.object({ authenticationId: z.string().regex(/^[\x21-\x7e]{1,36}$/) })
const refused = z.object({ status: z.number(), code: z.string() })

/** Said whole and well-formed, these mean that the code is not the one. */
const wrongCodes = new Set(['INVALID_OTP', 'VERIFICATION_FAILED', 'VERIFICATION_EXPIRED'])
/** The number takes none, however often it is asked. */
const neverCodes = new Set(['PHONE_NUMBER_NOT_ALLOWED', 'PHONE_NUMBER_BLOCKED'])

const longestMessage = 160

export interface OpenOtp extends OtpGateway {
  close(): Promise<void>
}

/**
 * CAMARA One Time Password SMS 1.1 (camaraproject/OTPValidation): POST /send-code {phoneNumber, message} -> {authenticationId},
 * POST /validate-code {authenticationId, code} -> 204. Only a 204 is "right"; "wrong" is a 400 that says so.
 */
export function camaraOtp(settings: CamaraSettings, onTrouble: (code: string) => void): OpenOtp {
  const http = new CamaraHttp({ ...settings, scope: 'one-time-password-sms:send-validate' })
  return {
    async send(phoneNumber, message) {
      if (message.split('{{code}}').length !== 2 || message.length > longestMessage)
        throw new RangeError('The message has the code in one place, and 160 characters at most.')
      try {
        const answer = await http.ask('send-code', { phoneNumber, message })
        const code = answer.status === 200 ? null : codeOf(answer)
        if (code !== null) throw new OtpNotSent(code, answer.status === 403 && neverCodes.has(code))
        const read = sent.safeParse(jsonOf(answer))
        if (!read.success) throw new CamaraTrouble('odd-answer')
        return read.data.authenticationId
      } catch (error) {
        const notSent = error instanceof CamaraTrouble ? new OtpNotSent(error.code, false) : error
        if (notSent instanceof OtpNotSent) onTrouble(notSent.code)
        throw notSent
      }
    },
    async validate(authenticationId, code): Promise<OtpVerdict> {
      try {
        const answer = await http.ask('validate-code', { authenticationId, code })
        if (answer.status === 204) return 'right'
        const said = codeOf(answer)
        if (answer.status === 400 && wrongCodes.has(said)) return 'wrong'
        throw new CamaraTrouble(said)
      } catch (error) {
        onTrouble(error instanceof CamaraTrouble ? error.code : 'our-fault')
        return 'unknown'
      }
    },
    close: () => http.close(),
  }
}

/** The code of CAMARA's ErrorInfo, without the API's name before it; the status, where the answer is no such thing. */
function codeOf(answer: Parameters<typeof jsonOf>[0]): string {
  try {
    const read = refused.safeParse(jsonOf(answer))
    if (read.success && read.data.status === answer.status && /^[A-Z_.]{1,80}$/.test(read.data.code))
      return read.data.code.replace(/^ONE_TIME_PASSWORD_SMS\./, '')
  } catch (error) {
    if (!(error instanceof CamaraTrouble)) throw error
  }
  return `status-${answer.status}`
}
