import type { Role } from '@/domain/actor'
import { wrongState } from '@/domain/errors'
import type { Hold } from '@/domain/identity/holds'

/** Minutes for which one reason lets one person look at one holding. */
export const viewMinutes = 15

/** Why somebody who works here looks at what a subscriber's records say. */
export const viewReasons = ['asked', 'complaint', 'unreadable', 'misuse', 'other'] as const
export type ViewReason = (typeof viewReasons)[number]

/**
 * Refuses a look that a hold forbids (docs/decisions/0031-staff-look-with-a-reason.md). Locked is the subscriber's own word:
 * nobody looks. Frozen, or a factor changed: whoever asks to have it read out may not be the subscriber, so leads alone look.
 */
export function refuseHeldLook(holds: readonly Hold[], role: Role): void {
  if (holds.some(({ kind }) => kind === 'locked'))
    throw wrongState('look-locked', 'The subscriber has locked their data: nobody looks at it.')
  if (holds.length > 0 && role !== 'support_lead')
    throw wrongState('look-held', 'The subscriber is held: only a support lead looks at their records.')
}
