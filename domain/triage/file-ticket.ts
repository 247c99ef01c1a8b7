import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { scope } from '@/domain/policy'
import { newReference } from '@/domain/restore/new-reference'
import { accountNamed } from '@/domain/subscriber/account-named'
import { transaction } from '@/domain/transaction'
import { entryText, ticketSubject } from '@/domain/triage/entry-text'
import { linkedIncident } from '@/domain/triage/linked-incident'
import { startClocks } from '@/domain/triage/settle-clocks'

const fileInput = z.object({
  /** The carrier's own. */
  accountId: z.string().min(1).max(500),
  /** Its short name: where the token is every carrier's. */
  carrier: z.string().max(200).nullable().default(null),
  kind: z.enum(['missing_records', 'advice_loss', 'wrong_account', 'compensation', 'other']),
  subject: ticketSubject,
  text: entryText,
  priority: z.enum(['normal', 'high', 'urgent']).default('normal'),
  aboutRequestId: z.uuid().nullable().default(null),
})
/** Of one subscriber, of other kinds than a restore: what more there is to say can be said in one of them. */
const mostOpen = 20

/** Opens a ticket for a subscriber, with what they told their carrier. A restore's ticket comes with its request. */
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
    const said = { kind: 'from_subscriber', text: asked.text, language, at: now } as const
    await tx.ticketEntry.create({ data: { carrierId, subscriberId, ticketId: ticket.id, ...said } })
    const happened = { subject: `ticket:${ticket.id}`, kind: 'ticket.opened', carrierId } as const
    await recordEvent(tx, actor, { ...happened, data: { subscriberId, kind } }, now)
    return { id: ticket.id, reference: ticket.reference }
  })
}
