import type { Actor } from '@/domain/actor'
import { reader } from '@/domain/transaction'

export type Agent = Extract<Actor, { staffId: string }>

/** Somebody who works in the demonstration, who has just proved who they are. */
export async function actorOf(email: string): Promise<Agent> {
  const { id: staffId, role, carrierId } = await reader('every-carrier').staff.findFirstOrThrow({ where: { email } })
  return { role, staffId, carrierId, provedAt: new Date() }
}
