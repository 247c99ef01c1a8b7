import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'

interface Named {
  id: string
  name: string
}

/** Carriers and the newest batches, 50 at most, that the actor's tickets can be narrowed to. */
export async function listQueueChoices(actor: Actor): Promise<{ carriers: Named[]; batches: Named[] }> {
  const { carrierId } = scope(actor, 'queue.read')
  const select = { id: true, name: true }
  const [carriers, batches] = await Promise.all([
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
  ])
  return { carriers, batches }
}
