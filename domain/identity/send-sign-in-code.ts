import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { type CodeOutside, issueCode } from '@/domain/identity/issue-code'
import { numberOnFile } from '@/domain/identity/number-on-file'
import { phoneNumber } from '@/domain/notification/recipient-key'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { phoneIndexes } from '@/domain/subscriber/phone-indexes'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader } from '@/domain/transaction'

const sendInput = z.object({
  number: z.string().max(40),
  /** Null: the number alone. */
  accountId: z.string().max(200).nullable(),
  attemptId: z.uuid(),
})

/**
 * Sends a code that opens a session to a number of before the incident, where exactly one subscriber has it. Answers what became
 * of it for tests and counts: whoever asks is told the same, and as fast, whatever it is.
 */
export async function sendSignInCode(
  actor: Actor,
  outside: CodeOutside,
  input: z.input<typeof sendInput>,
  now = new Date(),
): Promise<'sent' | 'nobody' | 'several' | Refusal> {
  authorizeEver(actor, 'session.open')
  const { number, accountId, attemptId } = parseInput(sendInput, input)
  const found = await subscribersWith(actor, outside.secrets, number)
  const meant = found.filter(one => accountId === null || one.accountId === accountId)
  const [subscriber] = meant
  if (subscriber === undefined) return 'nobody'
  // A code on a shared telephone says which of them nobody is.
  if (meant.length > 1) return 'several'
  try {
    await issueCode(outside, actor, subscriber, { purpose: 'sign-in', sessionId: attemptId }, now)
    return 'sent'
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Found by the index of how their carrier wrote the number, and compared as it is dialled. */
async function subscribersWith(actor: Actor, secrets: Secrets, text: string) {
  const countries = await reader(actor).carrier.findMany({ select: { country: true }, distinct: ['country'] })
  const indexes = phoneIndexes(
    secrets,
    text,
    countries.map(({ country }) => country),
  )
  const found = await reader(actor).subscriber.findMany({
    where: { phoneIndex: { in: indexes } },
    include: { carrier: true },
    take: 50,
  })
  return found.filter(one => {
    const number = numberOnFile(secrets, one)
    return number !== null && number === phoneNumber(text, one.carrier.country)
  })
}
