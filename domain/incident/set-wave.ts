import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import type { Tx } from '@/domain/transaction'
import type { Wave } from '@/prisma/generated/client'

/** What is said of a wave. */
export type Said = Pick<Wave, 'status' | 'scheduledFor' | 'noteEn' | 'noteFr'>

/**
 * The one way a wave changes: guarded by the version it was read in, with one event. `decisionId`: by which question of two people.
 * Answers whether it was still in that version.
 */
export async function setWave(
  tx: Tx,
  actor: Actor,
  { incidentId, category, version, status: from }: Pick<Wave, 'incidentId' | 'category' | 'version' | 'status'>,
  said: Said,
  { now, decisionId = null }: { now: Date; decisionId?: string | null },
): Promise<boolean> {
  const { count } = await tx.wave.updateMany({
    where: { incidentId, category, version },
    data: { ...said, updatedAt: now, version: { increment: 1 } },
  })
  if (count === 0) return false
  const data = {
    ...{ category, from, to: said.status, scheduledFor: said.scheduledFor?.toISOString() ?? null },
    ...(decisionId === null ? {} : { decisionId }),
  }
  await recordEvent(tx, actor, { subject: `incident:${incidentId}`, kind: 'wave.moved', carrierId: null, data }, now)
  return true
}
