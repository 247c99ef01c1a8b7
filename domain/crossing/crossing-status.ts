import type { CrossingStatus } from '@/prisma/generated/enums'

/** Days in which both persons may consent, from when two of support have agreed. */
export const consentDays = 7
export const consentMs = consentDays * 24 * 3_600_000
/** Hours from the second consent before anything is put into the other account. */
export const crossingWaitHours = 72
export const crossingWaitMs = crossingWaitHours * 3_600_000

/** The states from which it can still come to something. */
export const liveCrossings = ['asked', 'open', 'filed'] as const satisfies readonly CrossingStatus[]

export const isLive = (status: CrossingStatus): boolean => (liveCrossings as readonly CrossingStatus[]).includes(status)

/** The state it is in at this moment: consents that did not come in time do not come any more. */
export function crossingStanding(
  { status, expiresAt }: { status: CrossingStatus; expiresAt: Date | null },
  now: Date,
): CrossingStatus {
  return status === 'open' && expiresAt !== null && expiresAt <= now ? 'expired' : status
}

/** Which of the two somebody is. */
export type Side = 'source' | 'target'

export function sideOf(crossing: { sourceId: string; targetId: string }, subscriberId: string): Side | null {
  if (subscriberId === crossing.sourceId) return 'source'
  return subscriberId === crossing.targetId ? 'target' : null
}
