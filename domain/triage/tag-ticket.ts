import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import { normalTag } from '@/domain/triage/tag'

/** So many tags a ticket has at the most. */
const mostTags = 10

const tagInput = z.object({ ticketId: z.uuid(), tag: z.string() })

/** Gives a ticket a tag, in its one spelling. What it has already changes nothing. */
export async function tagTicket(actor: Actor, input: z.input<typeof tagInput>): Promise<void> {
  await change(actor, input, (tags, tag) => {
    if (tags.includes(tag)) return tags
    if (tags.length >= mostTags) throw badInput('tag', 'tags-many', `A ticket has ${mostTags} tags at most.`)
    return [...tags, tag].sort()
  })
}

/** Takes a tag from a ticket. What it does not have changes nothing. */
export async function untagTicket(actor: Actor, input: z.input<typeof tagInput>): Promise<void> {
  await change(actor, input, (tags, tag) => tags.filter(one => one !== tag))
}

async function change(
  actor: Actor,
  input: z.input<typeof tagInput>,
  to: (tags: string[], tag: string) => string[],
): Promise<void> {
  const { ticketId, tag: given } = parseInput(tagInput, input)
  await transaction(actor, async tx => {
    await lock(tx, ticketId)
    const ticket = await tx.ticket.findUnique({ where: { id: ticketId } })
    authorize(actor, 'ticket.tag', ticket ?? { carrierId: null, subscriberId: null }, 'ticket')
    if (!ticket) throw notFound('ticket')
    const tag = normalTag(given)
    if (tag === null) throw badInput('tag', 'tag-form', 'A tag is made of letters, digits and hyphens.')
    const tags = to(ticket.tags, tag)
    if (tags.length !== ticket.tags.length)
      await tx.ticket.update({ where: { id: ticketId }, data: { tags, version: { increment: 1 } } })
  })
}

const lock = (tx: Tx, ticketId: string) => tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ${ticketId}::uuid FOR UPDATE`
