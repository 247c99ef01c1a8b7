import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { newReference } from '@/domain/restore/new-reference'
import { isUniqueViolation, reader, type Tx, transaction } from '@/domain/transaction'
import { addEntry } from '@/domain/triage/add-entry'
import { noteMissing } from '@/domain/triage/after/note-missing'
import { joinedText, joinQuestion } from '@/domain/triage/join-question'
import { linkedIncident } from '@/domain/triage/linked-incident'
import { refuseNotTheirs } from '@/domain/triage/refuse-not-theirs'
import { startClocks } from '@/domain/triage/settle-clocks'
import { mostOpen, questionInput } from '@/domain/triage/ticket-inputs'

type Asked = z.output<typeof questionInput>

interface Opened {
  id: string
  reference: string
  /** There was an open one about the same: what was asked was added to it. */
  joined: boolean
}

/**
 * Opens a ticket of another kind than a restore, with what the subscriber says; where one of the same kind about the same
 * restore is open, it is added there. The same key answers the ticket that it opened
 * before, and is refused for anything else.
 */
export async function openQuestion(
  actor: Actor,
  input: z.input<typeof questionInput>,
  now = new Date(),
): Promise<Opened> {
  const asked = parseInput(questionInput, input)
  const { subscriberId, kind, aboutRequestId, openingKey } = asked
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: subscriberId } })
  authorize(actor, 'ticket.open', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
  if (!subscriber) throw notFound('subscriber')
  const before = await openedBefore(reader(actor), asked)
  if (before) return before
  if (kind === 'missing_records' && aboutRequestId === null)
    throw badInput('aboutRequestId', 'request-missing', 'Records are missing after a restore: it has to be named.')
  if (kind === 'missing_records' && asked.items.length === 0)
    throw badInput('items', 'items-missing', 'What is missing has to be named.')
  const { carrierId } = subscriber
  const own = { carrierId, subscriberId }
  try {
    return await transaction(actor, async tx => {
      // Two forms at once take turns: the count is theirs both.
      await tx.$queryRaw`SELECT 1 FROM subscribers WHERE id = ${subscriberId}::uuid FOR UPDATE`
      await refuseNotTheirs(tx, asked)
      const items = asked.items.map(({ category, record }) => ({ category, ...record }))
      const earlier = await joinQuestion(tx, actor, { ...asked, items }, now)
      if (earlier) return { ...earlier, joined: true }
      const unsettled = { subscriberId, status: { not: 'resolved' }, kind: { not: 'restore' } } as const
      if ((await tx.ticket.count({ where: unsettled })) >= mostOpen)
        throw wrongState('many-open', 'There are many open tickets of this subscriber already.')
      const { subject } = asked
      const link = await linkedIncident(tx, carrierId, aboutRequestId)
      const ticket = await tx.ticket.create({
        data: {
          ...link,
          ...{ ...own, kind, subject, aboutRequestId, openingKey, reference: newReference() },
          ...{
            openedAt: now,
            waitsSince: now,
            askedSince: now,
            items: { create: items.map(item => ({ ...own, ...item })) },
          },
        },
      })
      await startClocks(tx, ticket, now)
      const entry = { kind: 'from_subscriber', text: asked.text, language: asked.language, writtenBy: null } as const
      const entryId = await addEntry(tx, ticket, entry, now)
      const data = { subscriberId, kind, entryId }
      await recordEvent(tx, actor, { subject: `ticket:${ticket.id}`, kind: 'ticket.opened', carrierId, data }, now)
      if (kind === 'missing_records' && aboutRequestId !== null)
        await noteMissing(tx, actor, ticket, aboutRequestId, now)
      return { id: ticket.id, reference: ticket.reference, joined: false }
    })
  } catch (error) {
    // The same form sent twice at the same moment: the second one finds what the first one opened.
    const opened = isUniqueViolation(error) ? await openedBefore(reader(actor), asked) : null
    if (opened) return opened
    throw error
  }
}

/** What the key has opened, or null. Refuses where that was something else than what is asked now. */
async function openedBefore(db: Tx, asked: Asked): Promise<Opened | null> {
  const { subscriberId, openingKey, kind, subject, text } = asked
  const before = await db.ticket.findUnique({
    where: { subscriberId_openingKey: { subscriberId, openingKey } },
    include: { entries: { orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 1 } },
  })
  if (before === null) return joinedBefore(db, asked)
  const [first] = before.entries
  // Support may have changed its kind, or taken out what it said.
  const isSame = before.subject === subject && (first?.removedAt !== null || first.text === text)
  if (!isSame) throw wrongState('key-used', `This key has opened a ticket about something else than ${kind}.`)
  return { id: before.id, reference: before.reference, joined: false }
}

/** The open question to which the form with this key was added. */
async function joinedBefore(db: Tx, { subscriberId, openingKey, subject, text, kind }: Asked): Promise<Opened | null> {
  const entry = await db.ticketEntry.findFirst({
    where: { subscriberId, entryKey: openingKey, kind: 'from_subscriber' },
    include: { ticket: { select: { id: true, reference: true } } },
  })
  if (entry === null) return null
  if (entry.removedAt === null && entry.text !== joinedText({ subject, text }))
    throw wrongState('key-used', `This key has added something else than ${kind}.`)
  return { ...entry.ticket, joined: true }
}
