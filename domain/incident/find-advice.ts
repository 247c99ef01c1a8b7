import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import type { Advice } from '@/domain/incident/advice'
import { openStatuses } from '@/domain/incident/incident-status'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { AdviceVersion } from '@/prisma/generated/client'

/** Every version of an incident's advice: what the public may read, so that nobody is asked who they are. */
export async function findAdvice(incidentId: string, db = reader('every-carrier')): Promise<Advice[]> {
  const rows = await db.adviceVersion.findMany({ where: { incidentId }, orderBy: { publishedAt: 'asc' } })
  return rows.map(adviceOf)
}

/**
 * What a carrier's subscribers are advised with whatever they are told: every version, an incident at a time, that which
 * is spoken of before the open ones of the carrier, the newest of these first.
 */
export async function findAdviceAround(
  { carrierId, incidentId }: { carrierId: string; incidentId: string | null },
  db = reader('every-carrier'),
): Promise<Advice[][]> {
  const open = { status: { in: [...openStatuses] }, carriers: { some: { carrierId } } }
  const rows = await db.incident.findMany({
    where: { OR: [...(incidentId === null ? [] : [{ id: incidentId }]), open] },
    select: { id: true, advice: { orderBy: { publishedAt: 'asc' } } },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
  })
  const spokenOf = (row: { id: string }) => (row.id === incidentId ? 0 : 1)
  return rows.sort((a, b) => spokenOf(a) - spokenOf(b)).map(row => row.advice.map(adviceOf))
}

/** Every version that may go along with what was told since: of that incident, and of those open at any time since then. */
export async function findAdviceSince(
  incidentId: string | null,
  since: Date,
  db = reader('every-carrier'),
): Promise<Advice[]> {
  const open = [{ status: { in: [...openStatuses] } }, { resolvedAt: { gte: since } }]
  const rows = await db.incident.findMany({
    where: { OR: [...(incidentId === null ? [] : [{ id: incidentId }]), ...open] },
    select: { advice: true },
  })
  return rows.flatMap(row => row.advice.map(adviceOf))
}

export function adviceOf(row: AdviceVersion): Advice {
  const { id, carrierId, deviceModel, version, publishedAt, doEn, doFr, doNotEn, doNotFr } = row
  const [does, doNots] = [
    { en: doEn, fr: doFr },
    { en: doNotEn, fr: doNotFr },
  ]
  return { id, carrierId, deviceModel, version, publishedAt, does, doNots }
}

/** Notes that the subscriber who acts was shown this advice; the first time in each place counts. */
export async function noteAdviceShown(
  actor: Actor,
  shown: { adviceId: string; place: 'page' | 'mail' | 'sms' | 'push' },
): Promise<void> {
  const { carrierId, subscriberId } = scope(actor, 'overview.read')
  if (carrierId === undefined || subscriberId === undefined)
    throw new Refusal('not-allowed', 'not-allowed', 'Advice is shown here to subscribers.')
  await reader(actor).adviceShown.createMany({ data: [{ ...shown, subscriberId, carrierId }], skipDuplicates: true })
}
