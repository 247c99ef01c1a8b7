import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'

export const isOfOneCarrier = (actor: Actor): actor is Extract<Actor, { staffId: string }> & { carrierId: string } =>
  'staffId' in actor && actor.carrierId !== null

/** The carrier that the actor works for. Throws a Refusal "not-found" for whoever works for none in particular. */
export function ownCarrier(actor: Actor): string {
  if (isOfOneCarrier(actor)) return actor.carrierId
  throw notFound('carrier')
}
