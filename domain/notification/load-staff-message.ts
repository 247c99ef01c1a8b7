import type { StaffMailKind } from '@/domain/notification/add-staff-message'
import { may } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { toldTogetherMs } from '@/domain/triage/service-defaults'
import type { Category, Language } from '@/prisma/generated/enums'

export interface LoadedStaffMessage {
  id: string
  template: StaffMailKind
  to: string
  name: string
  language: Language
  /** When it happened. */
  at: Date
  /** The kind of data that is to be given out, where it tells of that. */
  release: { incidentId: string; title: { en: string; fr: string }; category: Category; expiresAt: Date } | null
  /** The ticket in which they were named, where it tells of that. */
  ticket: { id: string; reference: string } | null
  /** What went over its target in a quarter of an hour, where it tells of that. */
  breaches: { carrier: string; count: number; since: Date; until: Date } | null
}

const shape = {
  staff: true,
  decision: { include: { wave: { include: { incident: true } } } },
  ticket: { select: { id: true, reference: true, carrierId: true, subscriberId: true } },
}

/**
 * Null where it was sent, and where it tells of a ticket that they may not read any more. Whoever has left is told that they have, and nothing that came before; and nobody is asked to decide
 * what has been decided.
 */
export async function loadStaffMessage(id: string): Promise<LoadedStaffMessage | null> {
  const message = await reader('every-carrier').staffMessage.findUnique({ where: { id }, include: shape })
  if (!message || message.sentAt) return null
  const { staff, createdAt, decision, ticket } = message
  const template = message.template as StaffMailKind
  if (staff.leftAt !== null && template !== 'left') return null
  const { role, id: staffId, carrierId } = staff
  if (ticket !== null && !may({ role, staffId, carrierId, provedAt: null }, 'ticket.read', ticket)) return null
  if (template === 'release-asked' && decision?.status !== 'open') return null
  const release = decision?.wave && {
    incidentId: decision.wave.incidentId,
    title: { en: decision.wave.incident.titleEn, fr: decision.wave.incident.titleFr },
    category: decision.wave.category,
    expiresAt: decision.expiresAt,
  }
  const { email: to, name, language } = staff
  const breaches = await breachesOf(message)
  return { id, template, to, name, language, at: createdAt, release: release ?? null, ticket, breaches }
}

async function breachesOf({ carrierId, since }: { carrierId: string | null; since: Date | null }) {
  if (carrierId === null || since === null) return null
  const db = reader('every-carrier')
  const until = new Date(since.getTime() + toldTogetherMs)
  const { name: carrier } = await db.carrier.findUniqueOrThrow({ where: { id: carrierId } })
  const count = await db.ticketClock.count({ where: { carrierId, breachedAt: { gte: since, lt: until } } })
  return { carrier, count, since, until }
}

export async function noteStaffMessageSent(id: string): Promise<void> {
  await reader('every-carrier').staffMessage.updateMany({ where: { id, sentAt: null }, data: { sentAt: new Date() } })
}
