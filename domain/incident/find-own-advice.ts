import type { Actor } from '@/domain/actor'
import { type Advice, adviceFor } from '@/domain/incident/advice'
import { adviceOf } from '@/domain/incident/find-advice'
import { openStatuses } from '@/domain/incident/incident-status'
import { scope } from '@/domain/policy'
import { reader, type SeenBy } from '@/domain/transaction'
import type { AdviceVersion, IncidentStatus } from '@/prisma/generated/client'

/** What a subscriber is advised because of one incident, and whether it is on record that a page showed it to them. */
export interface OwnAdvice extends Advice {
  incident: { id: string; title: { en: string; fr: string } }
  shown: boolean
}

interface Row extends AdviceVersion {
  titleEn: string
  titleFr: string
  ownModel: string | null
  shown: boolean
}

/** The advice that holds for the subscriber now, of each open incident of their carrier, the newest incident first. */
export async function findOwnAdvice(actor: Actor): Promise<OwnAdvice[]> {
  const { carrierId, subscriberId } = scope(actor, 'overview.read')
  return carrierId === undefined || subscriberId === undefined
    ? []
    : adviceOfSubscriber(actor, { carrierId, subscriberId })
}

/** The same for whoever writes to them: who asks is nobody's question here. */
export async function adviceOfSubscriber(
  by: SeenBy,
  { carrierId, subscriberId }: { carrierId: string; subscriberId: string },
): Promise<OwnAdvice[]> {
  const open: IncidentStatus[] = [...openStatuses]
  // One statement, because every page asks: all versions that could hold for them.
  const rows = await reader(by).$queryRaw<Row[]>`
    SELECT a.id, a.incident_id AS "incidentId", a.carrier_id AS "carrierId", a.device_model AS "deviceModel", a.version,
      a.do_en AS "doEn", a.do_fr AS "doFr", a.do_not_en AS "doNotEn", a.do_not_fr AS "doNotFr",
      a.published_at AS "publishedAt", i.title_en AS "titleEn", i.title_fr AS "titleFr", s.device_model AS "ownModel",
      EXISTS (SELECT FROM advice_shown n
        WHERE n.advice_id = a.id AND n.subscriber_id = s.id AND n.place = 'page') AS shown
    FROM subscribers s
    JOIN incident_carriers c ON c.carrier_id = s.carrier_id
    JOIN incidents i ON i.id = c.incident_id AND i.status = ANY(${open}::incident_status[])
    JOIN advice_versions a ON a.incident_id = i.id
    WHERE s.id = ${subscriberId}::uuid AND s.carrier_id = ${carrierId}::uuid
    ORDER BY i.started_at DESC, i.id DESC`
  const incidents = [...new Set(rows.map(({ incidentId }) => incidentId))]
  return incidents.flatMap(incidentId => {
    const versions = rows.filter(row => row.incidentId === incidentId)
    const deviceModel = versions[0]!.ownModel
    const holds = adviceFor(versions.map(adviceOf), { carrierId, deviceModel })
    const row = versions.find(({ id }) => id === holds?.id)
    if (holds === null || row === undefined) return []
    const { titleEn, titleFr, shown } = row
    return [{ ...holds, incident: { id: incidentId, title: { en: titleEn, fr: titleFr } }, shown }]
  })
}
