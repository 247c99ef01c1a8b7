import type { Actor } from '@/domain/actor'
import { ownPerson } from '@/domain/identity/own-person'
import { reader } from '@/domain/transaction'

export interface OwnPasskey {
  id: string
  name: string
  createdAt: Date
  /** Null: not since it was enrolled. */
  lastUsedAt: Date | null
  /** Kept by a service that brings it to several devices. */
  isSynced: boolean
}

/** The actor's own keys that work, the oldest first. */
export async function listPasskeys(actor: Actor): Promise<OwnPasskey[]> {
  const own = ownPerson(actor, 'passkey.manage')
  const keys = await reader(actor).passkey.findMany({
    where: { ...own, revokedAt: null },
    orderBy: { createdAt: 'asc' },
  })
  return keys.map(({ id, name, createdAt, lastUsedAt, backedUp }) => {
    return { id, name, createdAt, lastUsedAt, isSynced: backedUp }
  })
}
