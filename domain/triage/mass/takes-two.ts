import type { Tx } from '@/domain/transaction'
import type { MassActKind } from '@/prisma/generated/enums'

/** To how many one person may do one thing in a day; above it another has to agree. */
export const aloneAtMost = 1_000

const dayMs = 24 * 3_600_000

/** Many small ones are one large one: what a person has begun alone within a day counts together, by its kind. */
export async function takesTwo(
  tx: Tx,
  { kind, askedBy }: { kind: MassActKind; askedBy: string },
  count: number,
  now: Date,
): Promise<boolean> {
  const { _sum } = await tx.massAct.aggregate({
    where: { askedBy, kind, decision: null, begunAt: { gt: new Date(now.getTime() - dayMs) } },
    _sum: { counted: true },
  })
  return (_sum.counted ?? 0) + count > aloneAtMost
}
