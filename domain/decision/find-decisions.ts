import type { Actor } from '@/domain/actor'
import { type DecisionView, decisionShape, decisionViews } from '@/domain/decision/decision-view'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'

/**
 * A page of decisions by keyset: the open ones, the oldest first, or those that are over, the newest first. Of one request:
 * what was asked about it.
 */
export async function listDecisions(
  actor: Actor,
  {
    over = false,
    requestId,
    after,
    take = 50,
  }: { over?: boolean; requestId?: string; after?: string; take?: number } = {},
  now = new Date(),
): Promise<{ decisions: DecisionView[]; next: string | null }> {
  // A list is of the carrier's alone, or of all: nobody's own.
  const { carrierId } = scope(actor, 'decision.read')
  const open = { status: 'open', expiresAt: { gt: now } } as const
  const size = Math.min(Math.max(take, 1), 200)
  const rows = await reader(actor).decision.findMany({
    where: {
      ...(carrierId === undefined ? {} : { carrierId }),
      ...(requestId === undefined ? {} : { requestId }),
      ...(over ? { NOT: open } : open),
      ...(after === undefined ? {} : { id: over ? { lt: after } : { gt: after } }),
    },
    include: decisionShape,
    orderBy: { id: over ? 'desc' : 'asc' },
    take: size + 1,
  })
  const page = rows.slice(0, size)
  return { decisions: await decisionViews(page, actor, now), next: rows.length > size ? page.at(-1)!.id : null }
}

export async function findDecision(actor: Actor, id: string, now = new Date()): Promise<DecisionView> {
  const { carrierId } = scope(actor, 'decision.read')
  const row = await reader(actor).decision.findFirst({
    where: { id, ...(carrierId === undefined ? {} : { carrierId }) },
    include: decisionShape,
  })
  if (!row) throw notFound('decision')
  const [found] = await decisionViews([row], actor, now)
  return found!
}
