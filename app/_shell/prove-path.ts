import type { Actor } from '@/domain/actor'

/** Where whoever acts proves again who they are, before they come back to `next`: subscribers by a code, staff by their key. */
export const provePath = ({ role }: Pick<Actor, 'role'>, next: string): string =>
  `${role === 'subscriber' ? '/account/security/prove' : '/sign-in/again'}?next=${encodeURIComponent(next)}`

/** Whether a form is left behind on the way to a proof: only then was something entered that could be kept. */
export const leavesForm = (next: string): boolean => new URLSearchParams(next.split('?', 2)[1] ?? '').has('form')
