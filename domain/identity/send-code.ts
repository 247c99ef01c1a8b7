import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { type CodeOutside, issueCode } from '@/domain/identity/issue-code'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { reader } from '@/domain/transaction'

const sendCodeInput = z.object({ subscriberId: z.uuid(), sessionId: z.uuid() })

/** Sends a code to the actor's own number on file, to be entered in the session that asked. */
export async function sendCode(
  actor: Actor,
  outside: CodeOutside,
  input: z.input<typeof sendCodeInput>,
  now = new Date(),
): Promise<void> {
  const { subscriberId, sessionId } = parseInput(sendCodeInput, input)
  const subscriber = await reader(actor).subscriber.findUnique({
    where: { id: subscriberId },
    include: { carrier: true },
  })
  authorize(actor, 'code.use', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
  if (!subscriber) throw notFound('subscriber')
  await issueCode(outside, actor, subscriber, { purpose: 'proof', sessionId }, now)
}
