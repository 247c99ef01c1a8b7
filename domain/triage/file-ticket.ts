import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { scope } from '@/domain/policy'
import { newReference } from '@/domain/restore/new-reference'
import { accountNamed } from '@/domain/subscriber/account-named'
import { transaction } from '@/domain/transaction'
import { addEntry } from '@/domain/triage/add-entry'
import { addStep } from '@/domain/triage/add-to-ticket'
import { entryText, ticketSubject } from '@/domain/triage/entry-text'
import { joinedText, openAbout } from '@/domain/triage/join-question'
import { linkedIncident } from '@/domain/triage/linked-incident'
import { startClocks } from '@/domain/triage/settle-clocks'
import { mostOpen } from '@/domain/triage/ticket-inputs'

const fileInput = z.object({
  /** The carrier's own. */
  accountId: z.string().min(1).max(500),
  /** Its short name: where the token is every carrier's. */
  carrier: z.string().max(200).nullable().default(null),
  kind: z.enum(['missing_records', 'advice_loss', 'wrong_account', 'compensation', 'other']),
  subject: ticketSubject,
  text: entryText,
  /** What more they told, each an entry of its own. */
  more: z.array(entryText).max(20).default([]),
  priority: z.enum(['normal', 'high', 'urgent']).default('normal'),
  aboutRequestId: z.uuid().nullable().default(null),
})

/**
 * Opens a ticket for a subscriber, with what they told their carrier; where one of the same kind about the same restore is open, it is
 * added there. A restore's ticket comes with its request.
 */
export async function fileTicket(
  actor: Actor,
  input: z.input<typeof fileInput>,
  now = new Date(),
): Promise<{ id: string; reference: string }> {
  const { carrierId: within } = scope(actor, 'ticket.file')
  const asked = parseInput(fileInput, input)
  return transaction(actor, async tx => {
    const subscriber = await accountNamed(tx, { ...asked, carrierId: within })
    if (!subscriber) throw notFound('subscriber')
    const { id: subscriberId, carrierId, language } = subscriber
    await tx.$queryRaw`SELECT 1 FROM subscribers WHERE id = ${subscriberId}::uuid FOR UPDATE`
    const { kind, subject, priority, aboutRequestId } = asked
    if (aboutRequestId !== null) {
      const theirs = await tx.restoreRequest.count({ where: { id: aboutRequestId, subscriberId } })
      if (theirs === 0) throw badInput('restoreRequest', 'no-such-request', 'There is no such request of theirs.')
    }
    const earlier = await openAbout(tx, { subscriberId, kind, aboutRequestId })
    if (earlier !== null) {
      for (const text of [joinedText(asked), ...asked.more])
        await addStep(tx, actor, { ticketId: earlier.id, text }, now)
      return earlier
    }
    const unsettled = { subscriberId, status: { not: 'resolved' }, kind: { not: 'restore' } } as const
    if ((await tx.ticket.count({ where: unsettled })) >= mostOpen)
      throw wrongState('many-open', 'There are many open tickets of this subscriber already.')
    const link = await linkedIncident(tx, carrierId, aboutRequestId)
    const ticket = await tx.ticket.create({
      data: {
        ...link,
        ...{ carrierId, subscriberId, kind, subject, priority, aboutRequestId },
        ...{ reference: newReference(), openedAt: now, waitsSince: now, askedSince: now },
      },
    })
    await startClocks(tx, ticket, now)
    for (const text of [asked.text, ...asked.more])
      await addEntry(tx, ticket, { kind: 'from_subscriber', text, language, writtenBy: null }, now)
    const happened = { subject: `ticket:${ticket.id}`, kind: 'ticket.opened', carrierId } as const
    await recordEvent(tx, actor, { ...happened, data: { subscriberId, kind } }, now)
    return { id: ticket.id, reference: ticket.reference }
  })
}
