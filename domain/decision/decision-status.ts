import type { DecisionStatus } from '@/prisma/generated/enums'

/** Hours in which another person may decide; after that it has run out, whether or not its row says so yet. */
export const decisionHours = 72
export const decisionMs = decisionHours * 3_600_000

/** What may be done to a decision, by whom, and into which state it then goes. Guards and buttons read this one table. */
export const decisionActions = {
  approve: { from: ['open'], to: 'approved', by: 'another', event: 'decision.approved' },
  refuse: { from: ['open'], to: 'refused', by: 'another', event: 'decision.refused' },
  withdraw: { from: ['open'], to: 'withdrawn', by: 'asker', event: 'decision.withdrawn' },
  expire: { from: ['open'], to: 'expired', by: 'clock', event: 'decision.expired' },
} as const satisfies Record<
  string,
  { from: readonly DecisionStatus[]; to: DecisionStatus; by: 'another' | 'asker' | 'clock'; event: string }
>
export type DecisionAction = keyof typeof decisionActions

interface Standing {
  status: DecisionStatus
  expiresAt: Date
  askedBy: string
}

/** The state a decision is in at this moment: one whose time is over has run out. */
export function standingOf({ status, expiresAt }: Omit<Standing, 'askedBy'>, now: Date): DecisionStatus {
  return status === 'open' && expiresAt <= now ? 'expired' : status
}

/** Why this person may not do that now; null where they may. `staffId` null: nobody among the staff. */
export function obstacle(
  action: DecisionAction,
  decision: Standing,
  staffId: string | null,
  now: Date,
): 'decision-over' | 'decision-own' | 'decision-others' | null {
  const { from, by } = decisionActions[action]
  const standing = by === 'clock' ? decision.status : standingOf(decision, now)
  if (!(from as readonly DecisionStatus[]).includes(standing)) return 'decision-over'
  if (by === 'another' && (staffId === null || staffId === decision.askedBy)) return 'decision-own'
  if (by === 'asker' && staffId !== decision.askedBy) return 'decision-others'
  return null
}
