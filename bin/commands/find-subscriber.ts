import { needed, option, type Words } from '@/bin/commands/command'
import { badInput, notFound } from '@/domain/errors'
import { reader } from '@/domain/transaction'
import type { Subscriber } from '@/prisma/generated/client'

/** The subscriber named by --subscriber, and by --carrier where two carriers know the id. */
export async function findSubscriber(words: Words): Promise<Subscriber> {
  const accountId = needed(words, 'subscriber')
  const slug = option(words, 'carrier')
  const found = await reader('every-carrier').subscriber.findMany({
    where: { accountId, ...(slug ? { carrier: { slug } } : {}) },
    take: 2,
  })
  if (found.length > 1) {
    throw badInput('carrier', 'ambiguous-id', `Several carriers know "${accountId}": name one with --carrier.`)
  }
  if (!found[0]) throw notFound('subscriber')
  return found[0]
}
