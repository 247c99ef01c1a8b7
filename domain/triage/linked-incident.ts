import { openStatuses } from '@/domain/incident/incident-status'
import type { Tx } from '@/domain/transaction'
import type { Category } from '@/prisma/generated/enums'

export interface TicketLink {
  incidentId: string | null
  waveCategory: Category | null
}

const none: TicketLink = { incidentId: null, waveCategory: null }

/**
 * Of which incident a new ticket is: the one whose batches hold what its restore asks for, and where that says nothing, its
 * carrier's one open incident. Where it could be several a person says which.
 */
export async function linkedIncident(tx: Tx, carrierId: string, requestId: string | null): Promise<TicketLink> {
  if (requestId !== null) {
    const found = await tx.$queryRaw<TicketLink[]>`
      SELECT DISTINCT c.incident_id AS "incidentId",
        CASE WHEN EXISTS (SELECT FROM waves w WHERE w.incident_id = c.incident_id AND w.category = i.category)
          THEN i.category END AS "waveCategory"
      FROM request_items i JOIN holdings h ON h.id = i.holding_id JOIN recovery_batches b ON b.id = h.batch_id
      JOIN incidents n ON n.id = b.incident_id AND n.status <> 'draft' AND n.kind = 'incident'
      JOIN incident_carriers c ON c.incident_id = n.id AND c.carrier_id = ${carrierId}::uuid
      WHERE i.request_id = ${requestId}::uuid`
    const [first] = found
    if (first !== undefined) {
      if (found.some(({ incidentId }) => incidentId !== first.incidentId)) return none
      return found.length === 1 ? first : { ...first, waveCategory: null }
    }
  }
  const open = await tx.incidentCarrier.findMany({
    where: { carrierId, incident: { kind: 'incident', status: { in: [...openStatuses] } } },
    select: { incidentId: true },
    take: 2,
  })
  return open.length === 1 ? { incidentId: open[0]!.incidentId, waveCategory: null } : none
}
