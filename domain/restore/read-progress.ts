import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { isWaitReason, type WaitReason } from '@/domain/restore/wait-reason'
import { reader } from '@/domain/transaction'
import type { Category, RequestStatus } from '@/prisma/generated/enums'

/** What a progress page shows. Times are instants, the remaining time a range of seconds or null where nobody can say. */
export interface Progress {
  status: RequestStatus
  kind: 'restore' | 'undo'
  waitReason: WaitReason | null
  updatedAt: Date
  /** Nothing moved for two minutes although it should. */
  stalled: boolean
  /** How many runs go before this one; null once it has started. */
  queuePosition: number | null
  remainingSeconds: [number, number] | null
  categories: {
    category: Category
    planned: number | null
    settled: number
    verified: number
    step: string
    trouble: WaitReason | null
  }[]
}

const stallAfterMs = 120_000

export async function readProgress(actor: Actor, requestId: string, now = new Date()): Promise<Progress> {
  const request = await reader(actor).restoreRequest.findFirst({
    where: { id: requestId, ...scope(actor, 'request.read') },
    include: { runs: { include: { categories: true }, orderBy: { createdAt: 'desc' }, take: 1 } },
  })
  if (!request) throw notFound('request')
  const run = request.runs[0] ?? null
  const rows = [...(run?.categories ?? [])].sort(
    (a, b) => categories.indexOf(a.category) - categories.indexOf(b.category),
  )
  const updatedAt = run?.progressAt ?? run?.createdAt ?? request.filedAt
  const moving = run?.status === 'running'
  return {
    status: request.status,
    kind: run?.kind ?? 'restore',
    waitReason: isWaitReason(request.waitReason) ? request.waitReason : null,
    updatedAt,
    stalled: moving && now.getTime() - updatedAt.getTime() > stallAfterMs,
    queuePosition: run?.status === 'queued' && !run.startedAt ? await runsBefore(run.createdAt) : null,
    remainingSeconds: moving && run.startedAt ? remaining(rows, run.startedAt, now) : null,
    categories: rows.map(({ category, planned, settled, verified, step, trouble }) => {
      return { category, planned, settled, verified, step, trouble: isWaitReason(trouble) ? trouble : null }
    }),
  }
}

function runsBefore(createdAt: Date): Promise<number> {
  return reader('every-carrier').run.count({
    where: { status: { in: ['queued', 'running'] }, startedAt: null, createdAt: { lt: createdAt } },
  })
}

/** From the pace so far, a third faster to twice as slow; null until a tenth of the planned records is through. */
function remaining(
  rows: { planned: number | null; settled: number }[],
  startedAt: Date,
  now: Date,
): [number, number] | null {
  if (rows.some(row => row.planned === null)) return null
  const planned = rows.reduce((sum, row) => sum + (row.planned ?? 0), 0)
  const settled = rows.reduce((sum, row) => sum + row.settled, 0)
  if (settled < planned / 10 || settled === 0) return null
  const pace = (now.getTime() - startedAt.getTime()) / 1000 / settled
  const rest = (planned - settled) * pace
  return [Math.round(rest * 0.7), Math.round(rest * 2)]
}
