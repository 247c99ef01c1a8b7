import type { Actor } from '@/domain/actor'

/** Where whoever acts proves again who they are, before they come back to `next`: subscribers by a code, staff by their key. */
export const provePath = ({ role }: Pick<Actor, 'role'>, next: string): string =>
  `${role === 'subscriber' ? '/account/security/prove' : '/sign-in/again'}?next=${encodeURIComponent(next)}`
