import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { authorize, requireFreshProof } from '@/domain/policy'
import { type RequestWithPlace, refuseStale, requestFor } from '@/domain/restore/approve-step'
import { refuseHeldRequest } from '@/domain/restore/crossed'
import { moveRequest } from '@/domain/restore/move-request'
import { type Tx, transaction } from '@/domain/transaction'
import { refuseTaken } from '@/domain/triage/refuse-taken'

const fearful = new Set(['frozen', 'locked', 'identity-changed', 'other-held'])

/** Goes on with a restore that waits or is held: the same run takes up where it stopped. `version` as for approving. */
export async function resumeRequest(
  actor: Actor,
  input: { requestId: string; version?: number | undefined },
): Promise<void> {
  await transaction(actor, async tx => {
    const request = await requestFor(tx, input.requestId)
    authorize(actor, 'request.resume', request ?? { carrierId: null, subscriberId: null }, 'request')
    if (!request) throw notFound('request')
    refuseStale(request, input.version)
    if (actor.role !== 'subscriber') await refuseTaken(tx, actor, request.id, new Date())
    await resumeStep(tx, actor, request)
  })
}

/** The same in the caller's transaction, for whoever may resume it. */
export async function resumeStep(tx: Tx, actor: Actor, request: RequestWithPlace): Promise<void> {
  await refuseHeldRequest(tx, request, new Date())
  // What was held for fear that somebody else was at work goes on by the subscriber's own proof alone.
  if (actor.role === 'subscriber' && fearful.has(request.waitReason ?? '')) requireFreshProof(actor)
  const run = await tx.run.findFirst({ where: { requestId: request.id }, orderBy: { createdAt: 'desc' } })
  if (!run) throw wrongState('cannot-resume', 'This request has no run to go on with.')
  // A finished run that is held (records vanished later) has nothing left to push: resuming ends the hold.
  const finished = run.status === 'done'
  if (!finished) await tx.run.update({ where: { id: run.id }, data: { status: 'queued', waitReason: null } })
  if (run.waitReason === 'vanishing') {
    // The person has seen it and says go on: what is there stays, what vanished can be asked for again.
    await tx.runCategory.updateMany({ where: { runId: run.id, step: 'verify' }, data: { step: 'done' } })
  }
  await tx.host.updateMany({ where: { host: request.account.host }, data: { notBefore: null } })
  const { host } = request.account
  await moveRequest(tx, actor, request, 'resume', 'request.resumed', {
    runId: run.id,
    host,
    after: request.waitReason,
  })
  if (finished) {
    const now = await tx.restoreRequest.findUniqueOrThrow({ where: { id: request.id } })
    await moveRequest(tx, actor, now, 'finish', 'request.hold-ended', { runId: run.id })
  }
}
