import { Prisma, type Tx } from '@/domain/transaction'

export const holdScopes = ['subscriber', 'carrier', 'incident'] as const

/** Whoever places a hold and whoever begins to remove something take turns, so that no hold comes a moment too late unseen. */
export async function takeLegalHolds(tx: Tx): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('legal-holds', 7))`
}

/**
 * Whether a subscriber is held: themselves, their carrier, or an incident that concerns their carrier or has something of
 * theirs. Columns or values of a statement that sees every carrier.
 */
export const isHeldSql = (subscriberId: Prisma.Sql, carrierId: Prisma.Sql): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT FROM legal_holds held WHERE held.ended_at IS NULL AND CASE held.scope
    WHEN 'subscriber' THEN held.subject_id = ${subscriberId}
    WHEN 'carrier' THEN held.subject_id = ${carrierId}
    ELSE EXISTS (
        SELECT FROM incident_carriers ic WHERE ic.incident_id = held.subject_id AND ic.carrier_id = ${carrierId})
      OR EXISTS (
        SELECT FROM holdings h JOIN recovery_batches b ON b.id = h.batch_id
        WHERE h.subscriber_id = ${subscriberId} AND b.incident_id = held.subject_id)
    END)`

/** `tx` sees every carrier: a hold on an incident is no carrier's. */
export async function isLegallyHeld(
  tx: Tx,
  { subscriberId, carrierId }: { subscriberId: string; carrierId: string },
): Promise<boolean> {
  const held = isHeldSql(Prisma.sql`${subscriberId}::uuid`, Prisma.sql`${carrierId}::uuid`)
  const [row] = await tx.$queryRaw<{ held: boolean }[]>`SELECT ${held} AS held`
  return row?.held ?? false
}
