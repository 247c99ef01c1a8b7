import type { Actor } from '@/domain/actor'
import { ownPerson } from '@/domain/identity/own-person'
import { reader } from '@/domain/transaction'
import type { SignInMethod } from '@/prisma/generated/enums'

export interface OwnSession {
  id: string
  method: SignInMethod
  /** Family and system; null where it was not told. */
  browser: string | null
  createdAt: Date
  /** To the minute. */
  lastSeenAt: Date
}

/** Where the actor is signed in, the most lately used first. */
export async function listSessions(actor: Actor): Promise<OwnSession[]> {
  const own = ownPerson(actor, 'session.manage')
  const rows = await reader(actor).signInSession.findMany({
    where: { ...own, expires: { gt: new Date() } },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
    take: 100,
  })
  return rows.map(({ id, method, browser, createdAt, lastSeenAt }) => ({ id, method, browser, createdAt, lastSeenAt }))
}
