import type { Advice } from '@/domain/incident/advice'
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

/** Notes that a subscriber was shown this advice; the first time in each place counts. */
export async function noteAdviceShown(shown: {
  adviceId: string
  subscriberId: string
  carrierId: string
  place: 'page' | 'mail' | 'sms' | 'push'
}): Promise<void> {
  await reader().adviceShown.createMany({ data: [shown], skipDuplicates: true })
}
