import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { type ActiveVersion, decideSubscribers } from '@/domain/compensation/decide-subscribers'
import { storedLines, verdictOf } from '@/domain/compensation/lines'
import { type Eligible, readFacts } from '@/domain/compensation/read-facts'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { reader, type Tx, transaction } from '@/domain/transaction'
import type { CompensationRun } from '@/prisma/generated/client'

const pageSize = 100
const advanceInput = z.object({ compensationRunId: z.uuid() })

/**
 * Goes through a carrier's subscribers page by page: counts what a draft would grant, or decides by the active version. Cursor,
 * counts and decisions move in one transaction: killed anywhere, it goes on behind the last page. Answers whether there is more.
 */
export async function advanceCompensation(
  actor: Actor,
  input: z.input<typeof advanceInput>,
  letGo: () => boolean,
): Promise<'ended' | 'again'> {
  const { compensationRunId: id } = parseInput(advanceInput, input)
  authorizeEver(actor, 'compensation.run')
  for (;;) {
    const run = await reader(actor).compensationRun.findUnique({ where: { id }, select: { status: true } })
    if (run?.status !== 'running') return 'ended'
    if (letGo()) return 'again'
    await transaction(actor, tx => onePage(tx, actor, id))
  }
}

async function onePage(tx: Tx, actor: Actor, id: string): Promise<void> {
  // Two workers with one run take turns; so do a run and whoever activates the next version.
  await tx.$queryRaw`
    SELECT 1 FROM incident_carriers i JOIN compensation_versions v ON v.carrier_id = i.carrier_id AND v.incident_id = i.incident_id
    JOIN compensation_runs r ON r.version_id = v.id WHERE r.id = ${id}::uuid FOR UPDATE OF i`
  const include = { version: { include: { incident: { select: { startedAt: true } } } } } as const
  const run = await tx.compensationRun.findUnique({ where: { id }, include })
  if (run?.status !== 'running') return
  const now = new Date()
  const { version } = run
  const end = (status: 'done' | 'stopped') =>
    tx.compensationRun.update({ where: { id }, data: { status, endedAt: now } })
  const isAsked =
    run.kind === 'dry_run' ? version.status === 'draft' && version.edition === run.edition : version.status === 'active'
  if (!isAsked) {
    await end('stopped')
    return
  }
  const { carrierId, incidentId } = version
  const page = await readFacts(
    tx,
    { id: incidentId, startedAt: version.incident.startedAt },
    { carrierId, after: run.cursorId, take: pageSize },
    now,
  )
  if (run.kind === 'backlog') await decideSubscribers(tx, actor, version, page, now)
  const cursorId = page.at(-1)?.subscriberId ?? run.cursorId
  await tx.compensationRun.update({ where: { id }, data: { ...tallied(run, version, page), cursorId } })
  if (page.length < pageSize) await end('done')
}

/** Subscribers by line and by reason, and what all grants come to. */
function tallied(run: CompensationRun, version: ActiveVersion, page: readonly Eligible[]) {
  const lines = storedLines(version.lines)
  const counts = { ...(run.counts as Record<string, number>) }
  const amounts = { ...(run.amounts as Record<string, number>) }
  let { granted } = run
  for (const { facts } of page) {
    const { line, grant, reasons } = verdictOf(lines, facts)
    for (const key of line === null ? reasons : [`line-${line}`]) counts[key] = (counts[key] ?? 0) + 1
    if (grant !== null) granted++
    if (grant?.kind === 'credit') amounts[grant.currency] = (amounts[grant.currency] ?? 0) + grant.amount
  }
  return { counts, amounts, granted, lookedAt: run.lookedAt + page.length }
}
