import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { refuseStale } from '@/domain/restore/approve-step'
import { newReference } from '@/domain/restore/new-reference'
import { allows } from '@/domain/restore/request-status'
import { type Prisma, type Tx, transaction } from '@/domain/transaction'
import { splitTicket } from '@/domain/triage/split-ticket'
import { takerOf } from '@/domain/triage/taker'

const splitInput = z.object({
  requestId: z.uuid(),
  /** The version of the request that was shown. */
  version: z.int().optional(),
  /** What goes to the new request. */
  categories: z.array(z.enum(categories)).max(categories.length),
})

const shape = {
  items: true,
  choices: true,
  crossing: { select: { id: true } },
  ticket: true,
  approvals: { select: { approvedBy: true } },
  decisions: { where: { status: 'open' }, select: { id: true } },
  crossings: { where: { status: { in: ['asked', 'open'] } }, select: { id: true } },
} satisfies Prisma.RestoreRequestInclude
type Whole = Prisma.RestoreRequestGetPayload<{ include: typeof shape }>

/**
 * Moves some categories of a filed request, with everything that was chosen in them, to a new request of the same person, account
 * and rule, so that both can be decided on their own. Whoever splits it has taken it. Answers the new request.
 */
export async function splitRequest(
  actor: Actor,
  input: z.input<typeof splitInput>,
  now = new Date(),
): Promise<{ id: string; reference: string }> {
  const { requestId, version, categories: asked } = parseInput(splitInput, input)
  return transaction(actor, async tx => {
    await tx.$queryRaw`SELECT 1 FROM restore_requests WHERE id = ${requestId}::uuid FOR UPDATE`
    await tx.$queryRaw`SELECT 1 FROM tickets WHERE request_id = ${requestId}::uuid FOR UPDATE`
    const request = await tx.restoreRequest.findUnique({ where: { id: requestId }, include: shape })
    authorize(actor, 'request.split', request ?? { carrierId: null, subscriberId: null }, 'request')
    if (!request) throw notFound('request')
    refuseStale(request, version)
    refuseWhole(request)
    refuseUntaken(request, actor, now)
    const moved = new Set<string>(asked)
    const going = request.items.filter(({ category }) => moved.has(category))
    if (going.length === 0 || new Set(going.map(({ category }) => category)).size < moved.size)
      throw badInput('categories', 'split-none', 'The request does not ask for that category.')
    if (going.length === request.items.length)
      throw badInput('categories', 'split-all', 'Something has to stay in the request.')
    const part = await movePart(tx, request, going, now)
    await splitTicket(tx, { ...request.ticket!, requestId }, part, now)
    await tellBoth(tx, actor, request, part, going, now)
    return { id: part.id, reference: part.reference }
  })
}

/** What may be split: filed, nobody's but its subscriber's, and with nothing under way that was asked of the whole. */
function refuseWhole({ status, crossing, approvals, decisions, crossings }: Whole): void {
  if (!allows('approve', status)) throw wrongState('cannot-split', `A request that is ${status} is not split.`)
  if (crossing !== null) throw wrongState('split-crossing', 'Two persons have agreed to it as it is.')
  if (approvals.length > 0) throw wrongState('split-approved', 'One person has approved it as it is.')
  if (decisions.length + crossings.length > 0)
    throw wrongState('split-asked', 'Somebody has asked a question about it as it is.')
}

/** Only who has it: a colleague who works on it would find something else than what they have read. */
function refuseUntaken({ ticket }: Whole, actor: Actor, now: Date): void {
  const isTaken = ticket !== null && ticket.takenUntil !== null && ticket.takenUntil > now
  if (isTaken && ticket.takenBy === takerOf(actor)) return
  throw isTaken
    ? wrongState('taken', 'A colleague is working on this request.')
    : wrongState('split-untaken', 'Whoever splits a request takes it first.')
}

async function movePart(tx: Tx, request: Whole, going: Whole['items'], now: Date) {
  const { id: requestId, carrierId, subscriberId, accountId, rule } = request
  const holdingIds = going.map(({ holdingId }) => holdingId)
  const theirs = { requestId, holdingId: { in: holdingIds } }
  const choices = request.choices.filter(({ holdingId }) => holdingIds.includes(holdingId))
  // Taken out before they are put in: what counts the queue by category looks at both requests.
  await tx.requestChoice.deleteMany({ where: theirs })
  await tx.requestItem.deleteMany({ where: theirs })
  await tx.restoreRequest.update({ where: { id: requestId }, data: { version: { increment: 1 } } })
  const reference = newReference()
  const part = await tx.restoreRequest.create({
    data: {
      ...{ carrierId, subscriberId, accountId, rule, reference, filedAt: now, splitFromId: requestId },
      filingKey: `split:${reference}`,
      items: { create: going.map(({ requestId: _, ...item }) => item) },
    },
  })
  await tx.requestChoice.createMany({ data: choices.map(one => ({ ...one, requestId: part.id })) })
  return part
}

async function tellBoth(
  tx: Tx,
  actor: Actor,
  { id, carrierId, subscriberId, accountId, rule }: Whole,
  part: { id: string },
  going: Whole['items'],
  now: Date,
): Promise<void> {
  const moved = categories.filter(category => going.some(one => one.category === category))
  const split = { subscriberId, intoRequestId: part.id, categories: [...moved] }
  await recordEvent(tx, actor, { subject: `request:${id}`, kind: 'request.split', carrierId, data: split }, now)
  const holdingIds = going.map(({ holdingId }) => holdingId)
  const filed = { subscriberId, accountId, holdingIds, rule, what: 'split', fromRequestId: id }
  await recordEvent(tx, actor, { subject: `request:${part.id}`, kind: 'request.filed', carrierId, data: filed }, now)
}
