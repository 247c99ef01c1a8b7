import type { Actor } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { codeMinutes, nextSendAt } from '@/domain/identity/code-rules'
import { holdDays, holdMs } from '@/domain/identity/holds'
import { noteFactorChange } from '@/domain/identity/note-factor-change'
import { numberOnFile } from '@/domain/identity/number-on-file'
import type { OtpGateway } from '@/domain/identity/otp-gateway'
import type { SimAnswer, SimCheck } from '@/domain/identity/sim-check'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Tx, transaction } from '@/domain/transaction'
import type { Carrier, Subscriber } from '@/prisma/generated/client'

/** proof: in a session. sign-in: to open one. Each has codes and counts of its own. */
export type CodePurpose = 'proof' | 'sign-in'

export interface CodeOutside {
  secrets: Secrets
  sim: SimCheck
  /** Whether anything sends text messages here. */
  sendsSms: boolean
  /** Null: codes are ours. */
  otp: OtpGateway | null
}

export interface CodeWish {
  purpose: CodePurpose
  /** The session, or the attempt to open one, in which alone the code is good. */
  sessionId: string
}

/**
 * The step that sending any code is: to the number of before the incident, once its operator has said that the SIM is the one
 * it was. Any other answer holds. Asked for again, the code before is worth nothing any more, and wrong tries stay counted.
 */
export async function issueCode(
  outside: CodeOutside,
  actor: Actor,
  subscriber: Subscriber & { carrier: Carrier },
  { purpose, sessionId }: CodeWish,
  now: Date,
): Promise<void> {
  const number = numberOnFile(outside.secrets, subscriber)
  if (number === null) throw wrongState('no-number', 'There is no number on file that a code could be sent to.')
  if (!outside.sendsSms && outside.otp === null) throw wrongState('no-sms', 'This installation sends no text messages.')
  const { carrierId, id: subscriberId } = subscriber
  const whose = { carrierId, subscriberId, purpose }

  // Counted before the operator is asked: asking costs, and tells the number's SIM apart from others'.
  await transaction(actor, tx => takeTurn(tx, whose, now))
  const answer = await outside.sim.check(number, holdDays * 24)
  const refused = await transaction(actor, async tx => {
    if (answer.kind !== 'unchanged') {
      await withhold(tx, actor, whose, answer, now)
      return true
    }
    await tx.$queryRaw`SELECT 1 FROM subscribers WHERE id = ${subscriberId}::uuid FOR SHARE`
    if (await tx.freeze.findFirst({ where: { subscriberId, endedAt: null } })) throw frozen()
    await lockGuard(tx, whose)
    await tx.identityCode.updateMany({ where: { subscriberId, purpose, spentAt: null }, data: { spentAt: now } })
    const expiresAt = new Date(now.getTime() + codeMinutes * 60_000)
    const code = await tx.identityCode.create({ data: { ...whose, sessionId, createdAt: now, expiresAt } })
    const data = { subscriberId, codeId: code.id, purpose }
    await recordEvent(tx, actor, { subject: `subscriber:${subscriberId}`, kind: 'code.sent', carrierId, data }, now)
    return false
  })
  if (refused) throw refusalOf(answer)
}

const frozen = () => wrongState('held-frozen', 'The subscriber is frozen: no code is sent.')

export type Whose = { carrierId: string; subscriberId: string; purpose: CodePurpose }

/** One row a subscriber and purpose, locked: what is asked at the same moment is counted one after the other. */
export async function lockGuard(tx: Tx, { carrierId, subscriberId, purpose }: Whose) {
  await tx.$executeRaw`
    INSERT INTO code_guards (subscriber_id, purpose, carrier_id, sent_at)
    VALUES (${subscriberId}::uuid, ${purpose}, ${carrierId}::uuid, '{}') ON CONFLICT DO NOTHING`
  await tx.$queryRaw`
    SELECT 1 FROM code_guards WHERE subscriber_id = ${subscriberId}::uuid AND purpose = ${purpose} FOR UPDATE`
  return tx.codeGuard.findUniqueOrThrow({ where: { subscriberId_purpose: { subscriberId, purpose } } })
}

async function takeTurn(tx: Tx, whose: Whose, now: Date): Promise<void> {
  const guard = await lockGuard(tx, whose)
  const { subscriberId, purpose } = whose
  if (await tx.freeze.findFirst({ where: { subscriberId, endedAt: null } })) throw frozen()
  if (guard.waitUntil && guard.waitUntil > now) throw wrongState('code-wait', 'There were too many wrong codes.')
  if (nextSendAt(guard.sentAt, now)) throw wrongState('code-too-many', 'Too many codes were asked for.')
  const sentAt = [...guard.sentAt.filter(at => now.getTime() - at.getTime() < 24 * 3_600_000), now]
  await tx.codeGuard.update({ where: { subscriberId_purpose: { subscriberId, purpose } }, data: { sentAt } })
}

async function withhold(
  tx: Tx,
  actor: Actor,
  { carrierId, subscriberId }: Whose,
  answer: Exclude<SimAnswer, { kind: 'unchanged' }>,
  now: Date,
): Promise<void> {
  const reason = answer.kind === 'changed' ? 'sim-changed' : answer.reason
  const subject = `subscriber:${subscriberId}` as const
  await recordEvent(tx, actor, { subject, kind: 'code.withheld', carrierId, data: { subscriberId, reason } }, now)
  if (answer.kind !== 'changed') return
  // A day that is to come, or too long ago for what was asked, is as good as none.
  const age = answer.at === null ? -1 : now.getTime() - answer.at.getTime()
  const changedAt = age >= 0 && age < holdMs ? answer.at : null
  await noteFactorChange(tx, actor, { carrierId, subscriberId, factor: 'sim', changedAt, previous: null }, now)
}

const refusalOf = (answer: SimAnswer) =>
  answer.kind === 'changed'
    ? wrongState('sim-changed', 'The SIM of the number on file was changed lately: no code was sent.')
    : wrongState('sim-unknown', 'The operator of the number did not say that its SIM is unchanged: no code was sent.')
