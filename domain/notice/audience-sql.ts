import type { Audience } from '@/domain/notice/audience'
import { Prisma } from '@/domain/transaction'

/**
 * Which rows of `subscribers s` an audience means: always of the one carrier, whatever the audience says; of nobody where
 * nothing was chosen. Each condition looks at one subscriber through an index, so that a page of them by keyset costs
 * what a page holds. With an incident, what was lost is told by its own batches.
 */
export function audienceSql(audience: Audience, carrierId: string, incidentId: string | null): Prisma.Sql {
  const { regions, deviceModels, categoriesLost, lossCategories, requestStates } = audience
  const conditions: Prisma.Sql[] = []
  if (regions) conditions.push(Prisma.sql`s.region = ANY(${regions}::text[])`)
  if (deviceModels) conditions.push(Prisma.sql`s.device_model = ANY(${deviceModels}::text[])`)
  if (requestStates) conditions.push(Prisma.sql`${newestRequest} = ANY(${requestStates}::text[])`)
  if (categoriesLost) conditions.push(lostOf(categoriesLost, incidentId))
  if (lossCategories) conditions.push(Prisma.sql`${loss} = ANY(${lossCategories}::loss_category[])`)
  if (conditions.length === 0) conditions.push(audience.everyone === true ? Prisma.sql`true` : Prisma.sql`false`)
  return Prisma.sql`(s.carrier_id = ${carrierId}::uuid AND ${Prisma.join(conditions, ' AND ')})`
}

const newestRequest = Prisma.sql`coalesce((
  SELECT r.status::text FROM restore_requests r WHERE r.subscriber_id = s.id
  ORDER BY r.filed_at DESC, r.id DESC LIMIT 1), 'none')`

// As a value of the row: as a join the whole view would be computed for every page.
const loss = Prisma.sql`(SELECT l.loss FROM subscriber_losses l WHERE l.subscriber_id = s.id)`

function lostOf(categoriesLost: string[], incidentId: string | null): Prisma.Sql {
  const ofIncident = incidentId === null ? Prisma.empty : Prisma.sql`AND b.incident_id = ${incidentId}::uuid`
  return Prisma.sql`EXISTS (
    SELECT FROM unnest(${categoriesLost}::category[]) AS asked(category)
    CROSS JOIN LATERAL (
      SELECT o.expected, o.complete, o.partial, o.damaged
      FROM holdings o JOIN recovery_batches b ON b.id = o.batch_id
      WHERE o.subscriber_id = s.id AND o.category = asked.category AND b.status IN ('accepted', 'released') ${ofIncident}
      ORDER BY o.as_of DESC, o.id DESC LIMIT 1
    ) h
    WHERE h.damaged > 0 OR h.partial > 0 OR h.expected > h.complete + h.partial)`
}
