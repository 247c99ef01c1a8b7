import type { Actor } from '@/domain/actor'
import { storedLines, type Verdict, verdictOf } from '@/domain/compensation/lines'
import { notifyBy } from '@/domain/compensation/notify-by'
import type { Eligible } from '@/domain/compensation/read-facts'
import { recordEvent } from '@/domain/events'
import { newReference } from '@/domain/restore/new-reference'
import type { Tx } from '@/domain/transaction'
import type { CompensationDecision, CompensationVersion } from '@/prisma/generated/client'

export type ActiveVersion = CompensationVersion & { incident: { startedAt: Date } }

/**
 * Decides about a page of subscribers by one active version, in the caller's transaction: what has changed ends what was decided
 * before, and stands beside it. What billing has already stays, whatever changed. Answers how many were decided anew.
 */
export async function decideSubscribers(
  tx: Tx,
  actor: Actor,
  version: ActiveVersion,
  page: readonly Eligible[],
  now: Date,
): Promise<number> {
  const { id: versionId, number, carrierId, incidentId } = version
  const lines = storedLines(version.lines)
  const ids = page.map(({ subscriberId }) => subscriberId)
  const open = await tx.compensationDecision.findMany({
    where: { incidentId, subscriberId: { in: ids }, endedAt: null },
  })
  const before = new Map(open.map(one => [one.subscriberId, one]))
  let decided = 0
  for (const { subscriberId, facts, sources } of page) {
    const verdict = verdictOf(lines, facts)
    const last = before.get(subscriberId)
    if (last && (last.exportId !== null || isSame(last, verdict, versionId))) continue
    if (last) await tx.compensationDecision.update({ where: { id: last.id }, data: { endedAt: now } })
    const notice = { days: version.notifyDays, from: version.notifyFrom, zone: version.zone }
    const by = verdict.grant === null ? null : new Date(notifyBy(notice, version.incident.startedAt, now))
    const evidence = { facts, sources, rule: { versionId, number, line: verdict.line } }
    const { id } = await tx.compensationDecision.create({
      data: {
        ...{ carrierId, subscriberId, incidentId, versionId, reference: newReference(), decidedAt: now },
        ...{ line: verdict.line, reasons: verdict.reasons, notifyBy: by, evidence },
        ...grantColumns(verdict),
      },
    })
    const happened = { subject: `subscriber:${subscriberId}`, kind: 'compensation.decided', carrierId } as const
    const data = { subscriberId, incidentId, decisionId: id, version: number, granted: verdict.grant !== null }
    await recordEvent(tx, actor, { ...happened, data }, now)
    decided++
  }
  return decided
}

/** Whether it is decided so already; facts may have moved within it. */
function isSame(last: CompensationDecision, { line, reasons }: Verdict, versionId: string): boolean {
  return last.versionId === versionId && last.line === line && last.reasons.join() === reasons.join()
}

function grantColumns({ grant }: Verdict) {
  if (grant === null) return {}
  const { kind: grantKind } = grant
  if (grant.kind === 'credit') return { grantKind, amount: BigInt(grant.amount), currency: grant.currency }
  if (grant.kind === 'months') return { grantKind, months: grant.months }
  return { grantKind, wordsEn: grant.en, wordsFr: grant.fr }
}
