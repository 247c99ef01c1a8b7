import type { Tx } from '@/domain/transaction'

/** Which advice the subscriber was shown, its words, where and first when. */
export async function gatherShown(db: Tx, { id: subscriberId }: { id: string }) {
  const shown = await db.adviceShown.findMany({
    where: { subscriberId },
    orderBy: [{ shownAt: 'asc' }, { place: 'asc' }],
  })
  const versions = await db.adviceVersion.findMany({ where: { id: { in: shown.map(one => one.adviceId) } } })
  const byId = new Map(versions.map(one => [one.id, one]))
  return {
    advice: shown.flatMap(({ adviceId, place, shownAt }) => {
      const version = byId.get(adviceId)
      if (!version) return []
      const { incidentId, version: number, publishedAt, doEn, doFr, doNotEn, doNotFr } = version
      return { adviceId, place, shownAt, incidentId, version: number, publishedAt, doEn, doFr, doNotEn, doNotFr }
    }),
  }
}
