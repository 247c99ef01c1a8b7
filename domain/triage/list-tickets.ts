import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { authorize, scope } from '@/domain/policy'
import { type Prisma, reader } from '@/domain/transaction'
import { waitsForSubscriber } from '@/domain/triage/ticket-status'

const shape = {
  id: true,
  reference: true,
  kind: true,
  subject: true,
  status: true,
  openedAt: true,
  requestId: true,
  mergedInto: true,
  request: { select: { status: true, waitReason: true } },
} satisfies Prisma.TicketSelect

/** Of a restore only once something was said that the subscriber reads. */
const spoken = {
  OR: [{ kind: { not: 'restore' } }, { entries: { some: { kind: { not: 'note' } } } }],
} satisfies Prisma.TicketWhereInput

type Loaded = Prisma.TicketGetPayload<{ select: typeof shape }>
export type TicketLine = ReturnType<typeof line>

const line = ({ request, ...row }: Loaded) => ({ ...row, waitsForYou: waitsForSubscriber({ ...row, request }) })

const perPage = 50

/** A subscriber's own tickets, the newest first; `after`: the id that the page before ended with. */
export async function listOwnTickets(
  actor: Actor,
  { after }: { after?: string } = {},
): Promise<{ tickets: TicketLine[]; next: string | null }> {
  const own = scope(actor, 'ticket.list')
  if (after && (await reader(actor).ticket.count({ where: { id: after, ...own } })) === 0)
    return { tickets: [], next: null }
  const rows = await reader(actor).ticket.findMany({
    where: { ...own, ...spoken },
    select: shape,
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: perPage + 1,
    ...(after ? { cursor: { id: after }, skip: 1 } : {}),
  })
  const tickets = rows.slice(0, perPage).map(line)
  return { tickets, next: rows.length > perPage ? tickets.at(-1)!.id : null }
}

/** What else a subscriber asked, for who works on one of their tickets: the newest 20. */
export async function listTicketsOf(actor: Actor, { subscriberId }: { subscriberId: string }): Promise<TicketLine[]> {
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: subscriberId } })
  authorize(actor, 'ticket.read', { carrierId: subscriber?.carrierId ?? null, subscriberId }, 'subscriber')
  if (!subscriber) throw notFound('subscriber')
  const where = { subscriberId, ...spoken }
  const rows = await reader(actor).ticket.findMany({
    where,
    select: shape,
    orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
    take: 20,
  })
  return rows.map(line)
}
