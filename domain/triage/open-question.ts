import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { newReference } from '@/domain/restore/new-reference'
import { isUniqueViolation, reader, type Tx, transaction } from '@/domain/transaction'
import { addEntry } from '@/domain/triage/add-entry'
import { linkedIncident } from '@/domain/triage/linked-incident'
import { startClocks } from '@/domain/triage/settle-clocks'
import { mostOpen, questionInput } from '@/domain/triage/ticket-inputs'

type Asked = z.output<typeof questionInput>

/**
 * Opens a ticket of another kind than a restore, with what the subscriber says. The same key answers the ticket that it opened
 * before, and is refused for anything else.
 */
export async function openQuestion(
  actor: Actor,
  input: z.input<typeof questionInput>,
  now = new Date(),
): Promise<{ id: string; reference: string }> {
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
      const unsettled = { subscriberId, status: { not: 'resolved' }, kind: { not: 'restore' } } as const
      if ((await tx.ticket.count({ where: unsettled })) >= mostOpen)
        throw wrongState('many-open', 'There are many open tickets of this subscriber already.')
      const { subject } = asked
      const items = asked.items.map(({ category, record }) => ({ ...own, category, ...record }))
      const link = await linkedIncident(tx, carrierId, aboutRequestId)
      const ticket = await tx.ticket.create({
        data: {
          ...link,
          ...{ ...own, kind, subject, aboutRequestId, openingKey, reference: newReference() },
          ...{ openedAt: now, waitsSince: now, askedSince: now, items: { create: items } },
        },
      })
      await startClocks(tx, ticket, now)
      const entry = { kind: 'from_subscriber', text: asked.text, language: asked.language, writtenBy: null } as const
      const entryId = await addEntry(tx, ticket, entry, now)
      const data = { subscriberId, kind, entryId }
      await recordEvent(tx, actor, { subject: `ticket:${ticket.id}`, kind: 'ticket.opened', carrierId, data }, now)
      return { id: ticket.id, reference: ticket.reference }
    })
  } catch (error) {
    // The same form sent twice at the same moment: the second one finds what the first one opened.
    const opened = isUniqueViolation(error) ? await openedBefore(reader(actor), asked) : null
    if (opened) return opened
    throw error
  }
}

async function refuseNotTheirs(tx: Tx, { subscriberId, aboutRequestId, items }: Asked): Promise<void> {
  if (aboutRequestId === null) {
    if (items.length > 0) throw badInput('items', 'items-missing', 'Records are named of a restore.')
    return
  }
  const request = await tx.restoreRequest.findFirst({
    where: { id: aboutRequestId, subscriberId },
    include: { items: { select: { category: true } } },
  })
  if (!request) throw badInput('aboutRequestId', 'request-missing', 'There is no such restore of this subscriber.')
  const there = new Set(request.items.map(({ category }) => category))
  if (items.some(({ category }) => !there.has(category)))
    throw badInput('items', 'items-missing', 'The restore was not about that category.')
}

/** What the key has opened, or null. Refuses where that was something else than what is asked now. */
async function openedBefore(db: Tx, asked: Asked): Promise<{ id: string; reference: string } | null> {
  const { subscriberId, openingKey, kind, subject, text } = asked
  const before = await db.ticket.findUnique({
    where: { subscriberId_openingKey: { subscriberId, openingKey } },
    include: { entries: { orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 1 } },
  })
  if (before === null) return null
  const [first] = before.entries
  // Support may have changed its kind, or taken out what it said.
  const isSame = before.subject === subject && (first?.removedAt !== null || first.text === text)
  if (!isSame) throw wrongState('key-used', `This key has opened a ticket about something else than ${kind}.`)
  return { id: before.id, reference: before.reference }
}
