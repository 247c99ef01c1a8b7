import type { Actor } from '@/domain/actor'
import { authorize } from '@/domain/policy'

/** Whose passkeys and sessions: one person, staff or subscriber. Fits as a condition on both tables. */
export interface OwnPerson {
  staffId: string | null
  subscriberId: string | null
}

/** Whoever acts, as the owner of their passkeys and sessions. Refuses whoever is no person. */
export function ownPerson(actor: Actor, verb: 'passkey.manage' | 'session.manage'): OwnPerson {
  const own = {
    staffId: 'staffId' in actor ? actor.staffId : null,
    subscriberId: actor.role === 'subscriber' ? actor.subscriberId : null,
  }
  authorize(actor, verb, { ...own, carrierId: null }, 'person')
  return own
}

/** Names a person in events, challenges and, as the user handle, on their devices: no address and no name. */
export const subjectOf = ({ staffId, subscriberId }: OwnPerson): `${'staff' | 'subscriber'}:${string}` =>
  staffId === null ? `subscriber:${subscriberId}` : `staff:${staffId}`
