import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { typedCode } from '@/domain/identity/code-rules'
import { judgeCode } from '@/domain/identity/judge-code'
import type { OtpGateway } from '@/domain/identity/otp-gateway'
import { proveSession } from '@/domain/identity/session-row'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader } from '@/domain/transaction'

const takeCodeInput = z.object({
  subscriberId: z.uuid(),
  sessionId: z.uuid(),
  /** What the session's row held of its token when the request was read. */
  seen: z.string().optional(),
  code: z.string().max(200),
})

/**
 * Takes the code that was sent to this session, once, and notes with it when its person proved who they are. Answers the token that
 * the session has from now on; null where another proof gave it one at the same moment.
 */
export async function takeCode(
  actor: Actor,
  outside: { secrets: Secrets; otp: OtpGateway | null },
  input: z.input<typeof takeCodeInput>,
  now = new Date(),
): Promise<{ token: string | null }> {
  const asked = parseInput(takeCodeInput, input)
  const { subscriberId, sessionId, seen } = asked
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: subscriberId } })
  authorize(actor, 'code.use', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
  if (!subscriber) throw notFound('subscriber')
  // What cannot be a code was mistyped: nothing is learnt from it, and it does not count.
  const code = typedCode(asked.code, outside.otp !== null)
  if (code === null) throw badInput('code', 'code-form', 'A code is eight digits.')
  const tried = { carrierId: subscriber.carrierId, subscriberId, purpose: 'proof', sessionId, code } as const
  const verdict = await judgeCode(
    outside,
    actor,
    tried,
    tx => proveSession(tx, { sessionId, seen, subscriberId }, { provedAt: now, keySince: null }),
    now,
  )
  if (verdict.is === 'right') return { token: verdict.value }
  if (verdict.is === 'waits') throw wrongState('code-wait', 'There were too many wrong codes.')
  if (verdict.is === 'unknown') throw wrongState('code-unknown', 'The operator did not say whether the code is right.')
  throw badInput('code', 'code-wrong', 'This is not the code that was sent, or it has run out.')
}
