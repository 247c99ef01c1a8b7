import type { Actor } from '@/domain/actor'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import type { NoticeStatus } from '@/prisma/generated/enums'

export type ListedNotice = Awaited<ReturnType<typeof listNotices>>['notices'][number]

/** A carrier's notices, last edited first, a page at a time by keyset. */
export async function listNotices(actor: Actor, input: { status?: NoticeStatus; after?: string; take?: number } = {}) {
  const take = Math.min(input.take ?? 50, 200)
  const within = carrierScope(actor)
  // A page that begins after a notice of somebody else's is as empty as one after a notice that is not there.
  if (input.after && (await reader(actor).notice.count({ where: { id: input.after, ...within } })) === 0)
    return { notices: [], next: null }
  const rows = await reader(actor).notice.findMany({
    where: { ...within, ...(input.status && { status: input.status }) },
    select: {
      id: true,
      number: true,
      status: true,
      titleEn: true,
      titleFr: true,
      editedAt: true,
      scheduledFor: true,
      publishedAt: true,
      endedAt: true,
      audienceSize: true,
      returnReason: true,
      submittedAt: true,
      carrier: { select: { name: true } },
    },
    orderBy: [{ editedAt: 'desc' }, { id: 'desc' }],
    take: take + 1,
    ...(input.after ? { cursor: { id: input.after }, skip: 1 } : {}),
  })
  const notices = rows.slice(0, take)
  return { notices, next: rows.length > take ? notices.at(-1)!.id : null }
}

/** How many notices stand in each state, for the list's tabs. */
export async function countNotices(actor: Actor): Promise<Partial<Record<NoticeStatus, number>>> {
  const rows = await reader(actor).notice.groupBy({
    by: ['status'],
    where: carrierScope(actor),
    _count: { _all: true },
  })
  return Object.fromEntries(rows.map(row => [row.status, row._count._all]))
}

/** No subscriber has this verb, so that the scope is a carrier or everything. */
function carrierScope(actor: Actor): { carrierId?: string } {
  const { carrierId } = scope(actor, 'notice.read')
  return carrierId === undefined ? {} : { carrierId }
}
