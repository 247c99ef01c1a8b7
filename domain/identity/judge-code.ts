import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { codesOf, isOneOf, waitAfter } from '@/domain/identity/code-rules'
import { lockGuard, type Whose } from '@/domain/identity/issue-code'
import type { OtpGateway } from '@/domain/identity/otp-gateway'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Tx, transaction } from '@/domain/transaction'
import type { IdentityCode } from '@/prisma/generated/client'

export interface CodeTry extends Whose {
  sessionId: string
  /** Digits alone. */
  code: string
}

/** unknown: the operator who made the code did not say; it counts as a try. */
export type CodeVerdict<T> = { is: 'right'; value: T } | { is: 'wrong' | 'waits' | 'unknown' }

/**
 * Judges a code, once: where it is right, `then` is what it lets happen, in the same transaction. Whatever is wrong with one
 * that is not taken, the answer is the same, and it counts; after five of them nobody may try for a while.
 */
export function judgeCode<T>(
  outside: { secrets: Secrets; otp: OtpGateway | null },
  actor: Actor,
  tried: CodeTry,
  then: (tx: Tx) => Promise<T>,
  now: Date,
): Promise<CodeVerdict<T>> {
  return outside.otp === null
    ? judgeOwn(actor, outside.secrets, tried, then, now)
    : judgeOperators(actor, outside.otp, tried, then, now)
}

const openCode = (tx: Tx, { subscriberId, sessionId, purpose }: CodeTry, now: Date): Promise<IdentityCode | null> =>
  tx.identityCode.findFirst({ where: { subscriberId, sessionId, purpose, spentAt: null, expiresAt: { gt: now } } })

/** Answered, not thrown: a failure has to be committed. */
function judgeOwn<T>(
  actor: Actor,
  secrets: Secrets,
  tried: CodeTry,
  then: (tx: Tx) => Promise<T>,
  now: Date,
): Promise<CodeVerdict<T>> {
  return transaction(actor, async tx => {
    const guard = await lockGuard(tx, tried)
    if (guard.waitUntil && guard.waitUntil > now) return { is: 'waits' }
    const open = await openCode(tx, tried, now)
    // One that an operator made has digits that nobody was sent.
    if (open?.authenticationId === null && isOneOf(tried.code, codesOf(secrets, open.id)))
      return { is: 'right', value: await accept(tx, actor, tried, open, then, now) }
    return { is: (await countFailure(tx, actor, tried, guard.failures, now)) ? 'waits' : 'wrong' }
  })
}

/** Counted before the operator is asked, in a transaction of its own: tries at the same moment each count. */
async function judgeOperators<T>(
  actor: Actor,
  otp: OtpGateway,
  tried: CodeTry,
  then: (tx: Tx) => Promise<T>,
  now: Date,
): Promise<CodeVerdict<T>> {
  const asked = await transaction(actor, async tx => {
    const guard = await lockGuard(tx, tried)
    if (guard.waitUntil && guard.waitUntil > now) return { waits: true, open: null }
    const open = await openCode(tx, tried, now)
    return { waits: await countFailure(tx, actor, tried, guard.failures, now), open }
  })
  const failed: CodeVerdict<T> = { is: asked.waits ? 'waits' : 'wrong' }
  const { open } = asked
  if (open === null || open.authenticationId === null) return failed
  const said = await otp.validate(open.authenticationId, tried.code)
  if (said !== 'right') return said === 'unknown' ? { is: 'unknown' } : failed
  return transaction(actor, async (tx): Promise<CodeVerdict<T>> => {
    await lockGuard(tx, tried)
    const still = await openCode(tx, tried, now)
    if (still?.id !== open.id) return failed
    return { is: 'right', value: await accept(tx, actor, tried, open, then, now) }
  })
}

async function accept<T>(
  tx: Tx,
  actor: Actor,
  { carrierId, subscriberId, purpose }: CodeTry,
  { id: codeId }: IdentityCode,
  then: (tx: Tx) => Promise<T>,
  now: Date,
): Promise<T> {
  await tx.identityCode.update({ where: { id: codeId }, data: { spentAt: now } })
  await tx.codeGuard.update({
    where: { subscriberId_purpose: { subscriberId, purpose } },
    data: { failures: 0, waitUntil: null },
  })
  const subject = `subscriber:${subscriberId}` as const
  await recordEvent(tx, actor, { subject, kind: 'code.taken', carrierId, data: { codeId } }, now)
  return then(tx)
}

/** Answers whether nobody may try now for a while. */
async function countFailure(
  tx: Tx,
  actor: Actor,
  { carrierId, subscriberId, purpose }: CodeTry,
  before: number,
  now: Date,
): Promise<boolean> {
  const failures = before + 1
  const waitUntil = waitAfter(failures, now)
  await tx.codeGuard.update({
    where: { subscriberId_purpose: { subscriberId, purpose } },
    data: { failures, waitUntil },
  })
  if (waitUntil === null) return false
  const data = { subscriberId, failures, until: waitUntil.toISOString() }
  await recordEvent(tx, actor, { subject: `subscriber:${subscriberId}`, kind: 'code.blocked', carrierId, data }, now)
  return true
}
