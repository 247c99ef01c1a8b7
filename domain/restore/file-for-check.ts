import { z } from 'zod'
import { type Actor, actorId } from '@/domain/actor'
import { Refusal, wrongState } from '@/domain/errors'
import type { Tx } from '@/domain/transaction'
import type { IdentityCheck } from '@/prisma/generated/client'
import type { IdentityCheckKind } from '@/prisma/generated/enums'

/** How a carrier's program says that the carrier has made sure who asked: recorded, and read by whoever decides. */
export const identityChecks = ['in-shop', 'identity-document', 'account-pin', 'call-back'] as const

/** The checks that a member of staff can vouch for. Any other is told in a note. */
export const staffChecks = ['in_shop', 'call_back', 'account_pin', 'other'] as const satisfies IdentityCheckKind[]

/** Hours: who stood there longer ago than that is asked again. */
export const checkHours = 24

/** What staff record of the check. Messages are codes: screens have the sentence for each. */
export const checkInput = z
  .object({
    kind: z.enum(staffChecks, 'check-missing'),
    note: z.string().trim().max(500, 'check-note-long').default(''),
    /** The carrier's own: of its visit, call or case. */
    reference: z
      .string('check-reference-missing')
      .trim()
      .min(1, 'check-reference-missing')
      .max(100, 'check-reference-long'),
    madeAt: z.date('check-when-missing'),
  })
  .refine(({ kind, note }) => kind !== 'other' || note !== '', { path: ['note'], error: 'check-note-missing' })
export type CheckInput = z.input<typeof checkInput>

/** A check as it is kept, of a program's as of staff's. */
export type Check = Pick<IdentityCheck, 'kind' | 'note' | 'reference' | 'madeAt'>

const atCheck = (code: string, detail: string) => new Refusal('wrong-state', code, detail, 'check.madeAt')

/** Refuses a check that has not happened yet, or so long ago that somebody else may have asked since. */
export function refuseOldCheck(madeAt: Date, now: Date): void {
  if (madeAt > now) throw atCheck('check-ahead', 'The identity check lies ahead.')
  if (now.getTime() - madeAt.getTime() > checkHours * 3_600_000)
    throw atCheck('check-old', 'The identity check was made too long ago.')
}

/** Keeps the check with the ticket that was opened by it. */
export async function recordCheck(
  tx: Tx,
  actor: Actor,
  ticket: { id: string; carrierId: string; subscriberId: string },
  { kind, note, reference, madeAt }: Check,
  now: Date,
): Promise<void> {
  const { id: ticketId, carrierId, subscriberId } = ticket
  const by = { recordedBy: actorId(actor) ?? actor.role, recordedRole: actor.role, recordedAt: now }
  await tx.identityCheck.create({ data: { ticketId, carrierId, subscriberId, kind, note, reference, madeAt, ...by } })
}

/** A check as whoever works here reads it: what was made, and who says so. */
export type CheckView = Check & { by: { self: boolean; name: string | null; program: boolean } }

export async function readCheck(db: Tx, by: Actor, check: IdentityCheck | null): Promise<CheckView | null> {
  if (check === null) return null
  const { kind, note, reference, madeAt, recordedBy, recordedRole } = check
  const program = recordedRole === 'machine' || recordedRole === 'system'
  const person = program ? null : await db.staff.findUnique({ where: { id: recordedBy }, select: { name: true } })
  const recorder = { self: recordedBy === actorId(by), name: person?.name ?? null, program }
  return { kind, note, reference, madeAt, by: recorder }
}

/** Whoever vouched for who asked is not who decides: of two people one files and another approves. */
export async function refuseOwnFiling(tx: Tx, actor: Actor, requestId: string): Promise<void> {
  const check = await tx.identityCheck.findFirst({ where: { ticket: { requestId } } })
  if (check === null) return
  if (actor.role === 'machine')
    throw wrongState('takes-person', 'Somebody else has filed it for the subscriber: a person decides on it.')
  if (check.recordedBy === actorId(actor))
    throw wrongState('own-filing', 'Whoever filed it for the subscriber does not approve it: another person does.')
}
