import type { Actor } from '@/domain/actor'
import { authorize } from '@/domain/policy'
import { reader } from '@/domain/transaction'

export interface IncidentChoice {
  id: string
  titleEn: string
  titleFr: string
  startedAt: Date
}

/** The incidents that a carrier's notice can be about: public ones that concern it, newest first, at most 100. */
export async function listIncidentChoices(actor: Actor, carrierId: string): Promise<IncidentChoice[]> {
  authorize(actor, 'notice.read', { carrierId, subscriberId: null }, 'carrier')
  return reader(actor).incident.findMany({
    where: { status: { not: 'draft' }, carriers: { some: { carrierId } } },
    select: { id: true, titleEn: true, titleFr: true, startedAt: true },
    orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
    take: 100,
  })
}
