import { type Actor, actorId } from '@/domain/actor'
import { notFound, Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { authorize } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { coolingOf, refuseHeldRequest } from '@/domain/restore/crossed'
import { refuseOwnFiling } from '@/domain/restore/file-for-check'
import { moveRequest } from '@/domain/restore/move-request'
import { allows } from '@/domain/restore/request-status'
import type { ApproveInput } from '@/domain/restore/restore-inputs'
import type { Prisma, Tx } from '@/domain/transaction'
import { waitUntil } from '@/domain/triage/follow-request'
import { refuseTaken } from '@/domain/triage/refuse-taken'
import type { RunKind } from '@/prisma/generated/enums'

const withPlace = { account: true, items: true, crossing: true } satisfies Prisma.RestoreRequestInclude
export type RequestWithPlace = Prisma.RestoreRequestGetPayload<{ include: typeof withPlace }>

/**
 * What approving one request takes, in the caller's transaction: one person's press and one of many approved together go
 * through the same rules. `runId` is null where another person has to approve it as well.
 */
export async function approveStep(
  tx: Tx,
  actor: Actor,
  { requestId, version }: ApproveInput,
  now: Date,
  /** The rule that approves it, for the event to name. */
  by: { ruleId: string; ruleVersion: number } | null = null,
): Promise<{ runId: string | null }> {
  // Read behind its lock: what two people decided about it at this moment is in what is read, or comes too late.
  await tx.$queryRaw`SELECT 1 FROM restore_requests WHERE id = ${requestId}::uuid FOR UPDATE`
  const request = await requestFor(tx, requestId)
  authorize(actor, 'request.approve', request ?? { carrierId: null, subscriberId: null }, 'request')
  if (!request) throw notFound('request')
  refuseStale(request, version)
  // Before a second run is made of what somebody else has just approved.
  if (!allows('approve', request.status))
    throw wrongState('cannot-approve', `A request that is ${request.status} cannot be approved.`)
  await refuseTaken(tx, actor, requestId, now)
  if (actor.role === 'machine') await refusePeoplesOwn(tx, request)
  await refuseOwnFiling(tx, actor, requestId)
  await refuseHeldRequest(tx, request, now)
  await refuseWithdrawnSources(tx, request)
  if (coolingOf(request) !== null && !(await isSecondApproval(tx, actor, request, now))) return { runId: null }
  const runId = await addRun(tx, request, 'restore')
  const { host } = request.account
  const decidedBy = actorId(actor)
  const data = { runId, host, ...by }
  await moveRequest(tx, actor, request, 'approve', 'request.approved', data, { decidedAt: now, decidedBy })
  return { runId }
}

/** Notes the approval, one person after the other, and says whether it was the one that counts. */
async function isSecondApproval(tx: Tx, actor: Actor, request: RequestWithPlace, now: Date): Promise<boolean> {
  const { id: requestId, carrierId, subscriberId } = request
  const coolingUntil = coolingOf(request)
  const { count } = await tx.restoreRequest.updateMany({
    where: { id: requestId, status: 'filed' },
    data: { version: { increment: 1 } },
  })
  if (count === 0) throw wrongState('cannot-approve', 'The request is not one that waits for a decision.')
  const approvedBy = actorId(actor) ?? actor.role
  const words = await tx.requestApproval.findMany({ where: { requestId } })
  if (words.some(one => one.approvedBy === approvedBy))
    throw wrongState('takes-another', 'Another person has to approve it as well.')
  const people = words.map(one => one.approvedBy)
  const lapsed = await wordsLapsed(tx, people, 'request.approve', carrierId)
  const before = words.filter(one => !lapsed.has(one.approvedBy))
  if (before.length > 0 && coolingUntil !== null && coolingUntil > now)
    throw wrongState('account-cooling', 'The account is new: nothing is put there before its wait is over.')
  await tx.requestApproval.create({ data: { requestId, carrierId, approvedBy, approvedAt: now } })
  if (before.length > 0) return true
  await waitUntil(tx, requestId, coolingUntil ?? now, now)
  const subject = `request:${requestId}` as const
  await recordEvent(tx, actor, { subject, kind: 'request.half-approved', carrierId, data: { subscriberId } }, now)
  return false
}

/** A program is none of two people, and agrees to nothing that a program has asked for. */
async function refusePeoplesOwn(tx: Tx, request: RequestWithPlace): Promise<void> {
  const byProgram = { subject: `request:${request.id}`, kind: 'request.filed', actorRole: 'machine' }
  if (coolingOf(request) === null && (await tx.event.count({ where: byProgram })) === 0) return
  throw wrongState(
    'takes-person',
    'People decide on this request: it goes to a new account, or a program has filed it.',
  )
}

export function requestFor(tx: Tx, id: string): Promise<RequestWithPlace | null> {
  return tx.restoreRequest.findUnique({ where: { id }, include: withPlace })
}

export function refuseStale(request: { version: number }, version: number | undefined): void {
  if (version === undefined || version === request.version) return
  throw new Refusal('stale', 'changed-meanwhile', 'The request has changed since it was shown.')
}

/** A batch may have been withheld since the request was filed. */
async function refuseWithdrawnSources(tx: Tx, request: RequestWithPlace): Promise<void> {
  const usable = await tx.holding.count({
    where: {
      id: { in: request.items.map(item => item.holdingId) },
      batch: { status: { in: ['accepted', 'released'] } },
    },
  })
  if (usable === request.items.length) return
  throw wrongState('source-withheld', 'Recovered data that this request asks for has been withheld since.')
}

/** A run with a row for each category that was asked for. One unfinished run a request: the index refuses a second. */
export async function addRun(tx: Tx, request: RequestWithPlace, kind: RunKind): Promise<string> {
  const { id: requestId, carrierId, accountId } = request
  const run = await tx.run.create({ data: { carrierId, requestId, accountId, kind } })
  const asked = new Set(request.items.map(item => item.category))
  const holdings = await tx.holding.findMany({
    where: { id: { in: request.items.map(item => item.holdingId) } },
    orderBy: { asOf: 'desc' },
  })
  for (const category of categories) {
    if (!asked.has(category)) continue
    const expected = holdings.find(one => one.category === category)?.expected ?? null
    await tx.runCategory.create({ data: { carrierId, runId: run.id, category, expected } })
  }
  return run.id
}
