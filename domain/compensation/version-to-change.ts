import { notFound, Refusal } from '@/domain/errors'
import type { Tx } from '@/domain/transaction'
import type { CompensationVersion } from '@/prisma/generated/client'

export interface Whose {
  carrierId: string
  incidentId: string
}

/** The versions of a carrier's rules for an incident, the newest first, behind their lock: who write and activate take turns. */
export async function takeVersions(tx: Tx, { carrierId, incidentId }: Whose): Promise<CompensationVersion[]> {
  const concerned = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM incident_carriers WHERE carrier_id = ${carrierId}::uuid AND incident_id = ${incidentId}::uuid FOR UPDATE`
  if (concerned.length === 0) throw notFound('incident')
  return tx.compensationVersion.findMany({ where: { carrierId, incidentId }, orderBy: { number: 'desc' } })
}

/** The draft as it was shown; `edition` 0: there was none. */
export function draftAsSeen(versions: CompensationVersion[], edition: number): CompensationVersion | null {
  const draft = versions.find(({ status }) => status === 'draft') ?? null
  if ((draft?.edition ?? 0) !== edition)
    throw new Refusal('stale', 'rules-stale', 'The rules have changed since they were shown.')
  return draft
}
