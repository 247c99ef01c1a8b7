import type { Actor } from '@/domain/actor'
import { notFound, Refusal, wrongState } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { moveRequest } from '@/domain/restore/move-request'
import { type ApproveInput, approveInput } from '@/domain/restore/restore-inputs'
import { type Prisma, type Tx, transaction } from '@/domain/transaction'
import type { RunKind } from '@/prisma/generated/enums'

const withPlace = { account: true, items: true } satisfies Prisma.RestoreRequestInclude
export type RequestWithPlace = Prisma.RestoreRequestGetPayload<{ include: typeof withPlace }>

/** Approves a filed request: a run is made and a worker starts it. `version` refuses a decision on what has changed since. */
export async function approveRequest(actor: Actor, input: ApproveInput): Promise<{ runId: string }> {
  const { requestId, version } = parseInput(approveInput, input)
  return transaction(async tx => {
    const request = await requestFor(tx, requestId)
    authorize(actor, 'request.approve', request ?? { carrierId: null, subscriberId: null }, 'request')
    if (!request) throw notFound('request')
    refuseStale(request, version)
    await refuseWithdrawnSources(tx, request)
    const runId = await addRun(tx, request, 'restore')
    const { host } = request.account
    await moveRequest(
      tx,
      actor,
      request,
      'approve',
      'request.approved',
      { runId, host },
      {
        decidedAt: new Date(),
        decidedBy: actor.role === 'system' ? actor.name : 'staffId' in actor ? actor.staffId : null,
      },
    )
    return { runId }
  })
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
