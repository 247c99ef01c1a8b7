import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'

/** The carrier that the actor works for. Throws a Refusal "not-found" for whoever works for none in particular. */
export function ownCarrier(actor: Actor): string {
  if ('staffId' in actor && actor.carrierId !== null) return actor.carrierId
  throw notFound('carrier')
}
