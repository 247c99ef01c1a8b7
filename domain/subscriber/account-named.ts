import { badInput } from '@/domain/errors'
import type { Tx } from '@/domain/transaction'

/**
 * The subscriber whom a carrier's program names by the carrier's own account id, compared as exact bytes; null where there is
 * none. A program of every carrier says which carrier. Throws Refusal "bad-input" `carrier-missing`.
 */
export async function accountNamed(
  tx: Tx,
  { accountId, carrier, carrierId }: { accountId: string; carrier: string | null; carrierId: string | undefined },
) {
  if (carrierId === undefined && carrier === null)
    throw badInput('carrier', 'carrier-missing', 'This token is every carrier’s: say which carrier it is.')
  return tx.subscriber.findFirst({
    where: {
      accountId,
      ...(carrierId === undefined ? {} : { carrierId }),
      ...(carrier === null ? {} : { carrier: { slug: carrier } }),
    },
  })
}
