import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { refuseHeld } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { checkInput, recordCheck, refuseOldCheck } from '@/domain/restore/file-for-check'
import { newReference } from '@/domain/restore/new-reference'
import { type Tx, transaction } from '@/domain/transaction'
import { addEntry } from '@/domain/triage/add-entry'
import { noteMissing } from '@/domain/triage/after/note-missing'
import { openAbout } from '@/domain/triage/join-question'
import { linkedIncident } from '@/domain/triage/linked-incident'
import { refuseNotTheirs } from '@/domain/triage/refuse-not-theirs'
import { startClocks } from '@/domain/triage/settle-clocks'
import { takerOf } from '@/domain/triage/taker'
import { entryText, formKey, mostOpen, questionKinds, ticketSubject } from '@/domain/triage/ticket-inputs'

/** Messages are codes: screens have the sentence for each. */
export const openForInput = z.object({
  subscriberId: z.uuid(),
  kind: z.enum(questionKinds, 'kind-missing'),
  subject: ticketSubject,
  text: entryText,
  /** The restore after which something is missing, where it can be named. */
  aboutRequestId: z.uuid('request-missing').nullable().default(null),
  /** What is missing of that: whole categories, since whoever writes it down sees no record. */
  missing: z.array(z.enum(categories)).max(categories.length, 'items-missing').default([]),
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
  const { subscriberId, kind, subject, openingKey, aboutRequestId } = asked
  const items = [...new Set(asked.missing)].map(category => ({ category }))
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
    await refuseNotTheirs(tx, { subscriberId, aboutRequestId, items })
    await refuseOpen(tx, asked)
    const { carrierId, language } = subscriber
    const own = { carrierId, subscriberId }
    const link = await linkedIncident(tx, carrierId, aboutRequestId)
    const times = { openedAt: now, waitsSince: now, askedSince: now }
    const ticket = await tx.ticket.create({
      data: {
        ...{ ...own, kind, subject, aboutRequestId, openingKey, reference: newReference(), ...times, ...link },
        items: { create: items.map(item => ({ ...own, ...item })) },
      },
    })
    await startClocks(tx, ticket, now)
    // Theirs, as somebody else wrote it down: the entry names who.
    const said = { kind: 'from_subscriber', text: asked.text, language, writtenBy: takerOf(actor) } as const
    const entryId = await addEntry(tx, ticket, said, now)
    await recordCheck(tx, actor, ticket, { ...asked.check, note: asked.check.note || null }, now)
    const identityCheck = asked.check.kind.replaceAll('_', '-')
    const data = { subscriberId, kind, entryId, identityCheck, what: 'on-behalf' }
    await recordEvent(tx, actor, { subject: `ticket:${ticket.id}`, kind: 'ticket.opened', carrierId, data }, now)
    if (kind === 'missing_records' && aboutRequestId !== null) await noteMissing(tx, actor, ticket, aboutRequestId, now)
    return { id: ticket.id, reference: ticket.reference }
  })
}

async function refuseOpen(tx: Tx, asked: z.output<typeof openForInput>): Promise<void> {
  const { subscriberId, kind, subject } = asked
  const unsettled = { subscriberId, status: { not: 'resolved' }, kind: { not: 'restore' } } as const
  if ((await tx.ticket.count({ where: unsettled })) >= mostOpen)
    throw wrongState('many-open', 'There are many open tickets of this subscriber already.')
  const same = { ...unsettled, kind, subject: { equals: subject, mode: 'insensitive' } } as const
  if ((await tx.ticket.count({ where: same })) > 0 || (await openAbout(tx, asked)) !== null)
    throw wrongState('opened-already', 'A question of theirs about this is open already.')
}
