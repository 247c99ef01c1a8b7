import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { typedCode } from '@/domain/identity/code-rules'
import { judgeCode } from '@/domain/identity/judge-code'
import type { OtpGateway } from '@/domain/identity/otp-gateway'
import { openSession } from '@/domain/identity/session-row'
import type { SignedIn } from '@/domain/identity/sign-in-by-passkey'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader } from '@/domain/transaction'

const signInInput = z.object({
  attemptId: z.uuid(),
  code: z.string().max(200),
  browser: z.string().max(100).nullable(),
})

/**
 * Opens a subscriber's session by the code that was sent for this attempt, once. It has proved who they are, by a code. Whatever
 * stands in the way, an attempt that nothing was sent for too, the refusal is the same.
 */
export async function signInByCode(
  actor: Actor,
  outside: { secrets: Secrets; otp: OtpGateway | null },
  input: z.input<typeof signInInput>,
  now = new Date(),
): Promise<SignedIn> {
  authorizeEver(actor, 'session.open')
  const { attemptId, code: typed, browser } = parseInput(signInInput, input)
  const code = typedCode(typed, outside.otp !== null)
  if (code === null) throw badInput('code', 'code-form', 'A code is eight digits.')
  const sent = await reader(actor).identityCode.findFirst({
    where: { sessionId: attemptId, purpose: 'sign-in' },
    orderBy: { id: 'desc' },
  })
  if (sent === null) throw refused()
  const { carrierId, subscriberId } = sent
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: subscriberId } })
  if (subscriber === null) throw refused()
  const { email, language } = subscriber
  const tried = { carrierId, subscriberId, purpose: 'sign-in', sessionId: attemptId, code } as const
  const verdict = await judgeCode(
    outside,
    actor,
    tried,
    async tx => {
      const own = { staffId: null, subscriberId }
      const token = await openSession(tx, { ...own, email, method: 'sms', provedAt: now, browser }, now)
      const subject = `subscriber:${subscriberId}` as const
      const data = { method: 'sms', codeId: sent.id }
      await recordEvent(tx, actor, { subject, kind: 'session.opened', carrierId, data }, now)
      return token
    },
    now,
  )
  if (verdict.is !== 'right') throw refused()
  return { token: verdict.value, role: null, language }
}

const refused = () => badInput('code', 'code-refused', 'The code opens no session.')
