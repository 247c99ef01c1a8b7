import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { addEntry } from '@/domain/triage/add-entry'
import { loadEnded } from '@/domain/triage/after/load-ended'
import { canBeAnswered } from '@/domain/triage/after/verdict'
import { entryText } from '@/domain/triage/ticket-inputs'

const sayInput = z.object({
  requestId: z.uuid(),
  /** What the button said: it stands in the conversation as theirs. */
  text: entryText,
  language: z.enum(['en', 'fr']),
})

/**
 * The subscriber says that what was restored looks right. Said again it is noted once; that something is missing can still be
 * said later, and not taken back by this. Nobody has to answer it.
 */
export async function sayLooksRight(actor: Actor, input: z.input<typeof sayInput>, now = new Date()): Promise<void> {
  const { requestId, text, language } = parseInput(sayInput, input)
  await transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM restore_requests WHERE id = ${requestId}::uuid FOR UPDATE`
    const request = await loadEnded(tx, { id: requestId })
    authorize(actor, 'restore.answer', request ?? { carrierId: null, subscriberId: null }, 'request')
    if (!request) throw notFound('request')
    if (!canBeAnswered(request.ended)) throw wrongState('not-finished', 'Nothing of this restore can be looked at.')
    const { carrierId, subscriberId, ticket } = request
    const noted = await tx.$executeRaw`
      INSERT INTO restore_answers (request_id, carrier_id, subscriber_id, verdict, answered_at)
      VALUES (${requestId}::uuid, ${carrierId}::uuid, ${subscriberId}::uuid, 'looks-right', ${now})
      ON CONFLICT (request_id) DO UPDATE SET verdict = 'looks-right', answered_at = ${now}
        WHERE restore_answers.verdict IS NULL`
    if (noted === 0) {
      const { verdict } = await tx.restoreAnswer.findUniqueOrThrow({ where: { requestId } })
      if (verdict === 'looks_right') return
      throw wrongState('said-missing', 'The subscriber has said already that something is missing.')
    }
    if (ticket !== null) {
      await tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ${ticket.id}::uuid FOR UPDATE`
      const entry = { kind: 'from_subscriber', text, language, writtenBy: null } as const
      await addEntry(tx, { id: ticket.id, carrierId, subscriberId }, entry, now)
      await tx.ticket.update({ where: { id: ticket.id }, data: { version: { increment: 1 } } })
    }
    const happened = { subject: `request:${requestId}`, kind: 'request.looks-right', carrierId } as const
    await recordEvent(tx, actor, { ...happened, data: { subscriberId } }, now)
  })
}
