import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { type Tx, transaction } from '@/domain/transaction'
import { unmergeInput } from '@/domain/triage/joined-inputs'
import { readBefore } from '@/domain/triage/merge-before'
import { noteAct } from '@/domain/triage/note-act'
import { settleClocks } from '@/domain/triage/settle-clocks'
import { takerOf } from '@/domain/triage/taker'
import { ticketStatusOf } from '@/domain/triage/ticket-status'
import { loadToChange, refuseUnseen, type TicketToChange } from '@/domain/triage/ticket-to-change'

/**
 * Takes a ticket out of the one that it went into: it stands as it did, and who watched it watches it again. The other one
 * stands as it did too, where nothing was done in it since; what was said in it stays there.
 */
export async function unmergeTicket(
  actor: Actor,
  input: z.input<typeof unmergeInput>,
  now = new Date(),
): Promise<void> {
  const { ticketId, version } = parseInput(unmergeInput, input)
  await transaction(actor, async tx => {
    const { mergedInto } = (await tx.ticket.findUnique({ where: { id: ticketId } })) ?? {}
    const both = [ticketId, mergedInto ?? ticketId]
    await tx.$queryRaw`SELECT 1 FROM tickets WHERE id = ANY (${both}::uuid[]) ORDER BY id FOR UPDATE`
    const ticket = await loadToChange(tx, ticketId)
    authorize(actor, 'ticket.merge', ticket ?? { carrierId: null, subscriberId: null }, 'ticket')
    if (!ticket) throw notFound('ticket')
    if (ticket.mergedInto === null) throw wrongState('not-merged', 'The ticket is not merged into another one.')
    refuseUnseen(ticket, version)
    // Another one than was locked: it came apart and together again meanwhile.
    if (ticket.mergedInto !== mergedInto) throw wrongState('not-merged', 'The ticket was merged anew meanwhile.')
    const into = await loadToChange(tx, ticket.mergedInto)
    if (!into) throw notFound('ticket')
    // The last merge comes apart first, or who watched what could not be told.
    if (into.mergedInto !== null) throw wrongState('into-merged', 'The one it went into was merged itself.')
    await part(tx, actor, ticket, into, now)
  })
}

async function part(tx: Tx, actor: Actor, ticket: TicketToChange, into: TicketToChange, now: Date): Promise<void> {
  const { id: ticketId, carrierId, subscriberId } = ticket
  const merge = await tx.ticketMerge.findFirstOrThrow({ where: { ticketId, unmergedAt: null } })
  const { id: mergeId, watchers, intoVersion } = merge
  const before = readBefore(merge.before)
  await tx.ticketMerge.update({ where: { id: mergeId }, data: { unmergedAt: now, unmergedBy: takerOf(actor) } })
  await tx.ticketWatcher.deleteMany({ where: { ticketId: into.id, mergeId } })
  const here = await tx.staff.findMany({ where: { id: { in: watchers }, leftAt: null }, select: { id: true } })
  await tx.ticketWatcher.createMany({
    data: here.map(({ id: staffId }) => ({ ticketId, staffId, carrierId, since: now })),
    skipDuplicates: true,
  })
  const data = { ...asItStands(ticket, before.ticket), mergedInto: null, version: { increment: 1 } }
  await tx.ticket.update({ where: { id: ticketId }, data })
  const isUntouched = into.version === intoVersion
  await tx.ticket.update({
    where: { id: into.id },
    data: { ...(isUntouched ? before.into : {}), version: { increment: 1 } },
  })
  await noteAct(tx, actor, ticket, { act: 'unmerged', text: into.reference }, now)
  await noteAct(tx, actor, into, { act: 'let-out', text: ticket.reference }, now)
  await settleClocks(tx, ticketId, now)
  await settleClocks(tx, into.id, now)
  const told = { subscriberId, ticketId, intoId: into.id, mergeId }
  await recordEvent(tx, actor, { subject: `ticket:${ticketId}`, kind: 'ticket.unmerged', carrierId, data: told }, now)
  await recordEvent(tx, actor, { subject: `ticket:${into.id}`, kind: 'ticket.let-out', carrierId, data: told }, now)
}

/** As it was; a restore's whose request has gone on since stands where that puts it, unless something waits for an answer. */
function asItStands({ request, status, waitsSince }: TicketToChange, before: ReturnType<typeof readBefore>['ticket']) {
  if (request === null || before.askedSince !== null) return before
  const resting = ticketStatusOf(request.status, request.waitReason)
  return resting === before.status ? before : { ...before, status, waitsSince, resolvedReason: null }
}
