import { channels } from '@/app/_shell/channels'
import { outside } from '@/app/_shell/outside'
import { reportFault } from '@/app/_shell/report-fault'
import type { CodeOutside } from '@/domain/identity/issue-code'
import type { OtpGateway } from '@/domain/identity/otp-gateway'
import type { SimCheck } from '@/domain/identity/sim-check'
import { openOtp, openSimCheck } from '@/gateways/camara-settings'

let asked: { sim: SimCheck; otp: OtpGateway | null } | undefined

const trouble = (what: string) => (code: string) =>
  reportFault(new Error(`${what} gave no answer that can be used (${code}).`))

/** What codes need: the operator who is asked about the SIM, who makes them, and whether text messages are sent at all. */
export function codeOutside(): CodeOutside {
  asked ??= {
    sim: openSimCheck(process.env, trouble('The SIM check')),
    otp: openOtp(process.env, trouble('The operator of codes')),
  }
  return { secrets: outside().secrets, sendsSms: channels().sms !== null, ...asked }
}
