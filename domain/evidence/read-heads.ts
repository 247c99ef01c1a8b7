import type { ChainHead } from '@/domain/evidence/chain-head'
import { Prisma, type Tx } from '@/domain/transaction'

const pageSize = 5_000

/** Every chain's head as a root has it, in the order of their subjects' bytes; a page of them in memory. */
export async function* readHeads(db: Tx, rootNumber: number): AsyncIterable<ChainHead> {
  for (let after: string | null = null; ; ) {
    const behind = after === null ? Prisma.empty : Prisma.sql`AND subject > ${after}`
    // As one text: so many rows would each be taken apart column by column.
    const [page]: { heads: string }[] = await db.$queryRaw<{ heads: string }[]>`
      SELECT coalesce(json_agg(h), '[]')::text AS heads FROM (
        SELECT DISTINCT ON (subject) subject, seq, encode(hash, 'hex') AS hash FROM chain_root_heads
        WHERE root_number <= ${rootNumber} ${behind} ORDER BY subject, root_number DESC LIMIT ${pageSize}
      ) h`
    const heads = JSON.parse(page!.heads) as ChainHead[]
    yield* heads
    if (heads.length < pageSize) return
    after = heads.at(-1)!.subject
  }
}
