import type { Actor } from '@/domain/actor'
import { type DecisionView, decisionShape, decisionViews } from '@/domain/decision/decision-view'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'

export type Release = DecisionView & { wave: NonNullable<DecisionView['wave']> }

/** What was asked about giving an incident's data out: of each category the last question, open or over. */
export async function listReleases(actor: Actor, incidentId: string, now = new Date()): Promise<Release[]> {
  authorizeEver(actor, 'incident.console')
  const rows = await reader(actor).decision.findMany({
    where: { incidentId },
    distinct: ['category'],
    orderBy: { id: 'desc' },
    include: decisionShape,
  })
  const views = await decisionViews(rows, actor, now)
  return views.flatMap(view => (view.wave === null ? [] : [{ ...view, wave: view.wave }]))
}
