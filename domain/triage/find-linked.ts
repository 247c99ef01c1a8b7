import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { may, scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { Category, IncidentStatus, TicketStatus } from '@/prisma/generated/enums'

export interface LinkChoice {
  id: string
  title: { en: string; fr: string }
  status: IncidentStatus
  /** The categories of its waves. */
  waves: Category[]
}

const shape = { id: true, titleEn: true, titleFr: true, status: true, waves: { select: { category: true } } } as const

/** So many incidents are offered at the most, the newest first. */
const longest = 50

/** Incidents that a carrier's tickets can be of; null: any carrier's that is the actor's to see. */
export async function listLinkChoices(actor: Actor, carrierId: string | null = null): Promise<LinkChoice[]> {
  const whose = scope(actor, 'mass.read').carrierId ?? carrierId
  const rows = await reader(actor).incident.findMany({
    where: {
      ...{ kind: 'incident', status: { not: 'draft' } },
      ...(whose === null ? {} : { carriers: { some: { carrierId: whose } } }),
    },
    select: shape,
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: longest,
  })
  return rows.map(({ id, titleEn, titleFr, status, waves }) => ({
    ...{ id, status, title: { en: titleEn, fr: titleFr } },
    waves: waves.map(({ category }) => category),
  }))
}

export interface FoundLink {
  /** Null: of none. */
  incident: LinkChoice | null
  wave: Category | null
  /** Which it may be linked to; empty where the reader may not. */
  choices: LinkChoice[]
}

/** Of which incident a ticket is, and of which it could be. */
export async function findLink(actor: Actor, ticketId: string): Promise<FoundLink> {
  const ticket = await reader(actor).ticket.findFirst({
    where: { id: ticketId, ...scope(actor, 'ticket.history') },
    select: { carrierId: true, subscriberId: true, incidentId: true, waveCategory: true },
  })
  if (!ticket) throw notFound('ticket')
  const row =
    ticket.incidentId === null
      ? null
      : await reader(actor).incident.findUniqueOrThrow({ where: { id: ticket.incidentId }, select: shape })
  return {
    incident: row && {
      ...{ id: row.id, status: row.status, title: { en: row.titleEn, fr: row.titleFr } },
      waves: row.waves.map(({ category }) => category),
    },
    wave: ticket.waveCategory,
    choices: may(actor, 'ticket.link', ticket) ? await listLinkChoices(actor, ticket.carrierId) : [],
  }
}

export interface LinkedCount {
  /** Null: of the whole incident. */
  category: Category | null
  open: number
  pending: number
  resolved: number
}

/** How many tickets are linked to an incident, by wave and by how they stand. */
export async function countLinked(actor: Actor, incidentId: string): Promise<LinkedCount[]> {
  const rows = await reader(actor).ticket.groupBy({
    by: ['waveCategory', 'status'],
    where: { incidentId, ...scope(actor, 'mass.read') },
    _count: true,
    orderBy: [{ waveCategory: 'asc' }, { status: 'asc' }],
  })
  const counts = new Map<Category | null, LinkedCount>()
  for (const { waveCategory: category, status, _count } of rows) {
    const count = counts.get(category) ?? { category, open: 0, pending: 0, resolved: 0 }
    counts.set(category, { ...count, [status satisfies TicketStatus]: _count })
  }
  return [...counts.values()]
}
