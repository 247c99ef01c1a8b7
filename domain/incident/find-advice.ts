import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import type { Advice } from '@/domain/incident/advice'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { AdviceVersion } from '@/prisma/generated/client'

/** Every version of an incident's advice: what the public may read, so that nobody is asked who they are. */
export async function findAdvice(incidentId: string, db = reader()): Promise<Advice[]> {
  const rows = await db.adviceVersion.findMany({ where: { incidentId }, orderBy: { publishedAt: 'asc' } })
  return rows.map(adviceOf)
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
  await reader().adviceShown.createMany({ data: [{ ...shown, subscriberId, carrierId }], skipDuplicates: true })
}
