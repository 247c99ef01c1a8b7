import type { Actor } from '@/domain/actor'
import { Prisma } from '@/domain/transaction'
import { type MassWhat, storedWhat } from '@/domain/triage/mass/mass-what'
import { readFilter } from '@/domain/triage/queue-filter'
import { walkOf } from '@/domain/triage/walk-queue'
import type { MassAct } from '@/prisma/generated/client'

type Whose = Pick<MassAct, 'carrierId' | 'filter' | 'incidentId' | 'waveCategory' | 'undoes' | 'what'>

/**
 * The tickets that an act on many is about now, as a condition on `t`. Of those that came in after `until` none is: in a storm new ones
 * come while somebody looks. Refuses a filter that there is not.
 */
export async function setOf(act: Whose, actor: Actor, until: Date, now: Date): Promise<Prisma.Sql> {
  const whose = act.carrierId === null ? Prisma.empty : Prisma.sql`AND t.carrier_id = ${act.carrierId}::uuid`
  return Prisma.sql`${await named(actor, act, now)} ${whose} AND t.opened_at <= ${until}
    AND ${fitting(storedWhat(act.what))}`
}

async function named(actor: Actor, act: Whose, now: Date): Promise<Prisma.Sql> {
  if (act.undoes !== null)
    return Prisma.sql`EXISTS (
      SELECT FROM mass_targets m WHERE m.mass_act_id = ${act.undoes}::uuid AND m.ticket_id = t.id AND m.outcome = 'done')`
  if (act.incidentId !== null) {
    const wave = act.waveCategory === null ? Prisma.empty : Prisma.sql`AND t.wave_category::text = ${act.waveCategory}`
    return Prisma.sql`t.incident_id = ${act.incidentId}::uuid ${wave}`
  }
  const { carrierId, statuses, keys, others, waitsUntil } = await walkOf(actor, readFilter(act.filter), now)
  const conditions = [
    Prisma.sql`k.status = ANY(${statuses}::text[]) AND k.key = ANY(${keys}::text[])`,
    ...(carrierId === null ? [] : [Prisma.sql`k.carrier_id = ${carrierId}::uuid`]),
    ...(waitsUntil === null ? [] : [Prisma.sql`k.waits_since <= ${waitsUntil}`]),
    ...others.map(
      one =>
        Prisma.sql`EXISTS (SELECT FROM queue_keys o WHERE o.ticket_id = k.ticket_id AND o.key = ANY(${one}::text[]))`,
    ),
  ]
  return Prisma.sql`t.id IN (SELECT k.ticket_id FROM queue_keys k WHERE ${Prisma.join(conditions, ' AND ')})`
}

/** What of it the act can be done to: what is so already, or decided, is not counted. */
function fitting(what: MassWhat): Prisma.Sql {
  switch (what.act) {
    case 'reply':
      return Prisma.sql`true`
    case 'approve':
    case 'decline':
      // From one person to another is looked at one by one.
      return Prisma.sql`EXISTS (SELECT FROM restore_requests r WHERE r.id = t.request_id AND r.status = 'filed')
        AND NOT EXISTS (SELECT FROM crossings c WHERE c.request_id = t.request_id)`
    case 'tag':
      return Prisma.sql`NOT (${what.tag} = ANY (t.tags))`
    case 'untag':
      return Prisma.sql`${what.tag} = ANY (t.tags)`
    case 'link':
      return Prisma.sql`t.incident_id IS NULL AND EXISTS (
        SELECT FROM incident_carriers c WHERE c.incident_id = ${what.incidentId}::uuid AND c.carrier_id = t.carrier_id)`
    case 'unlink':
      return Prisma.sql`t.incident_id = ${what.incidentId}::uuid`
    case 'resolve':
      return Prisma.sql`t.status <> 'resolved'`
    case 'reopen':
      return Prisma.sql`t.status = 'resolved' AND t.request_id IS NULL AND t.resolved_reason = ${what.resolved}`
  }
}
