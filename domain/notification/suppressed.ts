import { reader, type Tx } from '@/domain/transaction'
import type { Channel } from '@/prisma/generated/enums'

export const suppressionReasons = ['unsubscribed', 'bounced', 'complaint', 'asked'] as const
export type SuppressionReason = (typeof suppressionReasons)[number]

/** Why a recipient is not written to by a carrier (null: by nobody's staff in particular); null where they are. */
export type Suppressed = (keys: readonly string[], carrierId: string | null) => SuppressionReason | null

/** Looks up which of many recipients must not be written to. `keys`: hex digits, under every key of the ring. */
export async function loadSuppressed(
  channel: Channel,
  keys: readonly string[],
  db: Tx = reader('every-carrier'),
): Promise<Suppressed> {
  const rows = await db.$queryRaw<{ key: string; carrierId: string | null; reason: SuppressionReason }[]>`
    SELECT encode(address_key, 'hex') AS key, carrier_id::text AS "carrierId", reason FROM suppressions
    WHERE channel = ${channel}::channel AND address_key IN (SELECT decode(k, 'hex') FROM unnest(${keys}::text[]) AS k)`
  const known = new Map<string, typeof rows>()
  for (const row of rows) known.set(row.key, [...(known.get(row.key) ?? []), row])
  return (asked, carrierId) =>
    asked.flatMap(key => known.get(key) ?? []).find(one => one.carrierId === null || one.carrierId === carrierId)
      ?.reason ?? null
}
