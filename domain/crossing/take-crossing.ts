import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { type Side, sideOf } from '@/domain/crossing/crossing-status'
import { notFound } from '@/domain/errors'
import { authorize, type PolicyVerb } from '@/domain/policy'
import type { Tx } from '@/domain/transaction'
import type { Crossing } from '@/prisma/generated/client'

export const crossingInput = z.object({ crossingId: z.uuid() })

/** A crossing that the actor is one of the two of, and which. It is nobody else's: support asks, and does not consent. */
export async function ownCrossing(
  tx: Tx,
  actor: Actor,
  verb: PolicyVerb,
  id: string,
): Promise<{ crossing: Crossing; side: Side }> {
  const crossing = await tx.crossing.findUnique({ where: { id } })
  const own = actor.role === 'subscriber' ? actor.subscriberId : null
  const side = crossing && own !== null ? sideOf(crossing, own) : null
  const about = { carrierId: crossing?.carrierId ?? null, subscriberId: side === null ? null : own }
  authorize(actor, verb, about, 'crossing')
  // Before anybody of support agreed it is a question among them: neither of the two is shown the other.
  if (!crossing || side === null || crossing.expiresAt === null) throw notFound('crossing')
  return { crossing, side }
}

export const lockCrossing = (tx: Tx, id: string) =>
  tx.$queryRaw`SELECT 1 FROM crossings WHERE id = ${id}::uuid FOR UPDATE`
