import type { Actor } from '@/domain/actor'
import { authorize } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { NoticeTemplate } from '@/prisma/generated/client'

/** Texts to begin a carrier's notice from: its own and those for all, by name. At most 200. */
export async function listTemplates(actor: Actor, carrierId: string): Promise<NoticeTemplate[]> {
  authorize(actor, 'notice.read', { carrierId, subscriberId: null }, 'carrier')
  return reader(actor).noticeTemplate.findMany({
    where: { OR: [{ carrierId }, { carrierId: null }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 200,
  })
}
