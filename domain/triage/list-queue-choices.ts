import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { Language } from '@/prisma/generated/enums'

interface Named {
  id: string
  name: string
}

export interface QueueChoices {
  carriers: Named[]
  batches: Named[]
  incidents: Named[]
}

/** Of whoever reads no queue. */
export const noChoices: QueueChoices = { carriers: [], batches: [], incidents: [] }

/** Carriers, and the newest batches and incidents, 50 at most, that the actor's tickets can be narrowed to, in their language. */
export async function listQueueChoices(actor: Actor, language: Language): Promise<QueueChoices> {
  const { carrierId } = scope(actor, 'queue.read')
  const select = { id: true, name: true }
  const [carriers, batches, incidents] = await Promise.all([
    reader(actor).carrier.findMany({
      where: carrierId === undefined ? {} : { id: carrierId },
      select,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    }),
    reader(actor).recoveryBatch.findMany({
      where: {
        status: { in: ['accepted', 'withheld', 'released'] },
        ...(carrierId === undefined ? {} : { OR: [{ carrierId }, { carrierId: null }] }),
      },
      select,
      orderBy: { id: 'desc' },
      take: 50,
    }),
    reader(actor).incident.findMany({
      where: {
        ...{ kind: 'incident', status: { not: 'draft' } },
        ...(carrierId === undefined ? {} : { carriers: { some: { carrierId } } }),
      },
      select: { id: true, titleEn: true, titleFr: true },
      orderBy: { startedAt: 'desc' },
      take: 50,
    }),
  ])
  const titles = incidents.map(({ id, titleEn, titleFr }) => ({ id, name: language === 'fr' ? titleFr : titleEn }))
  return { carriers, batches, incidents: titles }
}
