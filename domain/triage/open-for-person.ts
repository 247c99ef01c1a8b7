import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { refuseHeld } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { checkInput, recordCheck, refuseOldCheck } from '@/domain/restore/file-for-check'
import { newReference } from '@/domain/restore/new-reference'
import { type Tx, transaction } from '@/domain/transaction'
import { addEntry } from '@/domain/triage/add-entry'
import { linkedIncident } from '@/domain/triage/linked-incident'
import { startClocks } from '@/domain/triage/settle-clocks'
import { takerOf } from '@/domain/triage/taker'
import { entryText, formKey, mostOpen, questionKinds, ticketSubject } from '@/domain/triage/ticket-inputs'

/** What staff ask for somebody else. What is missing item by item only the subscriber can say. */
export const kindsForPerson = questionKinds.filter(kind => kind !== 'missing_records')

/** Messages are codes: screens have the sentence for each. */
export const openForInput = z.object({
  subscriberId: z.uuid(),
  kind: z.enum(kindsForPerson, 'kind-missing'),
  subject: ticketSubject,
  text: entryText,
  check: checkInput,
  openingKey: formKey,
})

/**
 * Opens a question for somebody who cannot sign in, with what they told a member of staff, after the carrier has checked who they
 * are. Needs a fresh proof of whoever opens it. What a colleague opened a moment ago under the same subject is not opened again.
 */
export async function openForPerson(
  actor: Actor,
  input: z.input<typeof openForInput>,
  now = new Date(),
): Promise<{ id: string; reference: string }> {
  const asked = parseInput(openForInput, input)
  const { subscriberId, kind, subject, openingKey } = asked
  return transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM subscribers WHERE id = ${subscriberId}::uuid FOR UPDATE`
    const subscriber = await tx.subscriber.findUnique({ where: { id: subscriberId } })
    authorize(actor, 'subscriber.file-for', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
    if (!subscriber) throw notFound('subscriber')
    requireFreshProof(actor, now)
    const before = await tx.ticket.findUnique({ where: { subscriberId_openingKey: { subscriberId, openingKey } } })
    if (before) return { id: before.id, reference: before.reference }
    refuseOldCheck(asked.check.madeAt, now)
    await refuseHeld(tx, subscriberId, now, { coolingUntil: null })
    await refuseOpen(tx, asked)
    const { carrierId, language } = subscriber
    const link = await linkedIncident(tx, carrierId, null)
    const times = { openedAt: now, waitsSince: now, askedSince: now }
    const ticket = await tx.ticket.create({
      data: { carrierId, subscriberId, kind, subject, openingKey, reference: newReference(), ...times, ...link },
    })
    await startClocks(tx, ticket, now)
    // Theirs, as somebody else wrote it down: the entry names who.
    const said = { kind: 'from_subscriber', text: asked.text, language, writtenBy: takerOf(actor) } as const
    const entryId = await addEntry(tx, ticket, said, now)
    await recordCheck(tx, actor, ticket, { ...asked.check, note: asked.check.note || null }, now)
    const identityCheck = asked.check.kind.replaceAll('_', '-')
    const data = { subscriberId, kind, entryId, identityCheck, what: 'on-behalf' }
    await recordEvent(tx, actor, { subject: `ticket:${ticket.id}`, kind: 'ticket.opened', carrierId, data }, now)
    return { id: ticket.id, reference: ticket.reference }
  })
}

async function refuseOpen(tx: Tx, { subscriberId, kind, subject }: z.output<typeof openForInput>): Promise<void> {
  const unsettled = { subscriberId, status: { not: 'resolved' }, kind: { not: 'restore' } } as const
  if ((await tx.ticket.count({ where: unsettled })) >= mostOpen)
    throw wrongState('many-open', 'There are many open tickets of this subscriber already.')
  const same = { ...unsettled, kind, subject: { equals: subject, mode: 'insensitive' } } as const
  if ((await tx.ticket.count({ where: same })) > 0)
    throw wrongState('opened-already', 'A question of theirs about this is open already.')
}
