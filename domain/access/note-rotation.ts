import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { authorizeEver } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

/** Writes that everything is sealed under a key now: which key, by its id, and how much was sealed anew. */
export async function noteRotation(
  actor: Actor,
  { keyId, resealed }: { keyId: string; resealed: number },
): Promise<void> {
  authorizeEver(actor, 'key.rotate')
  await transaction(actor, tx =>
    recordEvent(tx, actor, { subject: `key:${keyId}`, kind: 'key.rotated', carrierId: null, data: { resealed } }),
  )
}
