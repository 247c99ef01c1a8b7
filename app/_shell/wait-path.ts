import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'

const waitPage = '/account/records/wait'

/** The page that says why content is not shown yet, and when it will be; it leads back to `next`. */
export const waitPath = (next: string): string => `${waitPage}?next=${encodeURIComponent(next)}`

/** Whether what a subscriber's page was refused is explained there. Of the staff's pages it says nothing. */
export const leadsToWait = (error: unknown, { role }: Pick<Actor, 'role'>, path: string): boolean =>
  role === 'subscriber' &&
  error instanceof Refusal &&
  (error.code === 'content-waits' || error.code.startsWith('held-')) &&
  !path.startsWith(waitPage)
