import { codeMinutes, spacedCode } from '@/domain/identity/code-rules'
import { type CodeToSend, loadCode, noteOperatorsCode } from '@/domain/identity/load-code'
import { OtpNotSent } from '@/domain/identity/otp-gateway'
import { SmsNotSent } from '@/domain/notification/sms-gateway'
import { translator } from '@/messages/translate'
import type { Handle } from '@/workers/handler'

/**
 * Sends a code to the number on file, or has the operator make and send one. One that was used, replaced or has run out
 * meanwhile is not sent any more.
 */
export const handle: Handle<{ codeId: string }> = async ({ codeId }, { sms, otp, secrets, now }) => {
  const code = await loadCode(secrets, codeId, now())
  if (code === null || (otp === null && sms === null)) return undefined
  try {
    if (otp !== null) {
      // Sent by a worker that did not come to the end of this: a second code would make the first one worthless.
      if (code.isOperators) return undefined
      const authenticationId = await otp.send(code.to, textOf(code, '{{code}}'))
      await noteOperatorsCode({ codeId, authenticationId })
    } else if (sms !== null)
      await sms.send({ to: code.to, text: textOf(code, spacedCode(code.code)), idempotencyKey: code.key })
  } catch (error) {
    if ((error instanceof SmsNotSent || error instanceof OtpNotSent) && error.permanent) return undefined
    throw error
  }
  return undefined
}

const textOf = ({ language }: CodeToSend, code: string): string =>
  translator(language)('identity.code.text', { code, minutes: String(codeMinutes) })
