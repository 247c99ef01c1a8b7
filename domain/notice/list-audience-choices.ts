import type { Actor } from '@/domain/actor'
import { authorize } from '@/domain/policy'
import { type Prisma, reader, Prisma as Sql } from '@/domain/transaction'

/** More than a carrier has of either; a list that is longer is cut, in the order of the alphabet. */
const most = 200

/** The regions and device models that occur among a carrier's subscribers, as the carrier calls them. */
export async function listAudienceChoices(
  actor: Actor,
  carrierId: string,
): Promise<{ regions: string[]; deviceModels: string[] }> {
  authorize(actor, 'notice.read', { carrierId, subscriberId: null }, 'carrier')
  const [regions, deviceModels] = await Promise.all([
    distinct(actor, carrierId, Sql.sql`region`),
    distinct(actor, carrierId, Sql.sql`device_model`),
  ])
  return { regions, deviceModels }
}

async function distinct(actor: Actor, carrierId: string, column: Prisma.Sql): Promise<string[]> {
  const rows = await reader(actor).$queryRaw<{ word: string }[]>`
    SELECT word FROM (
      SELECT DISTINCT ${column} AS word FROM subscribers
      WHERE carrier_id = ${carrierId}::uuid AND ${column} <> ''
    ) known ORDER BY word LIMIT ${most}`
  return rows.map(({ word }) => word)
}
