import { reader } from '@/domain/transaction'

/** As a carrier's program names a subscriber: whoever is nobody by an id that nobody has. */
export async function accountOf(subscriberId: string): Promise<{ accountId: string; carrier: string }> {
  const one = await reader('every-carrier').subscriber.findUnique({
    where: { id: subscriberId },
    include: { carrier: true },
  })
  return { accountId: one?.accountId ?? 'nobody', carrier: one?.carrier.slug ?? 'harbor' }
}
