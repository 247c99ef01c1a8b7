import type { Prisma, Tx } from '@/domain/transaction'
import { type Ended, leftByUndo } from '@/domain/triage/after/verdict'

const shape = {
  id: true,
  carrierId: true,
  subscriberId: true,
  status: true,
  finishedAt: true,
  crossing: { select: { id: true } },
  ticket: { select: { id: true } },
  runs: {
    where: { kind: 'undo' },
    select: { categories: { select: { counts: true } } },
    orderBy: { createdAt: 'desc' },
    take: 1,
  },
  answer: true,
} satisfies Prisma.RestoreRequestSelect
type Loaded = Prisma.RestoreRequestGetPayload<{ select: typeof shape }>

/** A request, what has come of it, and what was said of it; null where there is none. */
export async function loadEnded(
  tx: Tx,
  where: Prisma.RestoreRequestWhereInput,
): Promise<(Loaded & { ended: Ended }) | null> {
  const row = await tx.restoreRequest.findFirst({ where, select: shape })
  if (row === null) return null
  const left = leftByUndo(row.runs.flatMap(({ categories }) => categories))
  return { ...row, ended: { status: row.status, left, crossed: row.crossing !== null } }
}
