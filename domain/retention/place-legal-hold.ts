import { z } from 'zod'
import { type Actor, actorId } from '@/domain/actor'
import { badInput, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { readCoded } from '@/domain/notification/read-coded'
import { authorizeEver, requireFreshProof } from '@/domain/policy'
import { holdScopes, takeLegalHolds } from '@/domain/retention/legal-hold'
import { isUniqueViolation, type Tx, transaction } from '@/domain/transaction'

const text = (field: string, most: number) =>
  z
    .string(`${field}-missing`)
    .trim()
    .min(1, { error: `${field}-missing` })
    .max(most, { error: `${field}-long` })

const placeInput = z.object({
  scope: z.enum(holdScopes, { error: 'scope-unknown' }),
  /** The subscriber's, the carrier's or the incident's id. */
  subjectId: z.uuid({ error: 'subject-unknown' }),
  reason: text('reason', 1000),
  reference: text('reference', 100),
})

/**
 * From here on nothing of a subscriber's, of a carrier's people or of those an incident concerns is purged, and nobody of
 * them erased, until two people end it. What was being erased already at that moment comes to its end.
 */
export async function placeLegalHold(actor: Actor, input: z.input<typeof placeInput>): Promise<{ holdId: string }> {
  authorizeEver(actor, 'legal-hold.place')
  const { scope, subjectId, reason, reference } = readCoded(placeInput, input)
  requireFreshProof(actor)
  try {
    return await transaction(actor, async tx => {
      await takeLegalHolds(tx)
      const carrierId = await carrierOf(tx, scope, subjectId)
      const placedBy = actorId(actor)!
      const data = { carrierId, scope, subjectId, reason, reference, placedBy }
      const { id: holdId } = await tx.legalHold.create({ data })
      const subject = `legal-hold:${holdId}` as const
      await recordEvent(tx, actor, { subject, kind: 'legal-hold.placed', carrierId, data: { scope, subjectId } })
      return { holdId }
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw wrongState('hold-there', 'It is held under this reference already.')
    throw error
  }
}

async function carrierOf(tx: Tx, scope: (typeof holdScopes)[number], id: string): Promise<string | null> {
  const unknown = badInput('subjectId', 'subject-unknown', `There is no such ${scope}.`)
  if (scope === 'incident') {
    if (!(await tx.incident.findUnique({ where: { id }, select: { id: true } }))) throw unknown
    return null
  }
  if (scope === 'carrier') {
    if (!(await tx.carrier.findUnique({ where: { id }, select: { id: true } }))) throw unknown
    return id
  }
  const subscriber = await tx.subscriber.findUnique({ where: { id }, select: { carrierId: true } })
  if (!subscriber) throw unknown
  const running = await tx.erasure.count({ where: { subscriberId: id, status: 'running' } })
  if (running > 0) throw wrongState('erasure-begun', 'This subscriber is being erased: it is too late for a hold.')
  return subscriber.carrierId
}
