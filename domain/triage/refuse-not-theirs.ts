import { badInput } from '@/domain/errors'
import type { Tx } from '@/domain/transaction'
import type { Category } from '@/prisma/generated/enums'

interface About {
  subscriberId: string
  /** The restore that a question is about. */
  aboutRequestId: string | null
  /** What is missing after it. */
  items: readonly { category: Category }[]
}

/** Refuses a restore of somebody else's, and what a restore was not about. */
export async function refuseNotTheirs(tx: Tx, { subscriberId, aboutRequestId, items }: About): Promise<void> {
  if (aboutRequestId === null) {
    if (items.length > 0) throw badInput('items', 'items-missing', 'Records are named of a restore.')
    return
  }
  const request = await tx.restoreRequest.findFirst({
    where: { id: aboutRequestId, subscriberId },
    include: { items: { select: { category: true } } },
  })
  if (!request) throw badInput('aboutRequestId', 'request-missing', 'There is no such restore of this subscriber.')
  const there = new Set(request.items.map(({ category }) => category))
  if (items.some(({ category }) => !there.has(category)))
    throw badInput('items', 'items-missing', 'The restore was not about that category.')
}
