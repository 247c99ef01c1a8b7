import type { ChainFault } from '@/domain/evidence/check-chain'
import type { RootFault } from '@/domain/evidence/check-roots'
import { parseRoot } from '@/domain/evidence/root-file'
import type { Tx } from '@/domain/transaction'

/** The subject of which each row says that a root was published: row and root have the same number. */
export const rootsSubject = 'evidence:roots'

/** What such a row holds of its root. */
export const publishedData = ({ number, root }: { number: number; root: string }) => ({ number, root })

/** Every root against the row that tells of it: who takes one of them out has to take out the other as well. */
export async function publishingFault(db: Tx): Promise<{ row: ChainFault | null; root: RootFault | null }> {
  const pairs = await db.$queryRaw<{ number: number; file: string | null; data: string | null }[]>`
    SELECT coalesce(r.number, e.seq) AS number, r.file, e.data FROM chain_roots r
    FULL JOIN (SELECT seq, data FROM events WHERE subject = ${rootsSubject}) e ON e.seq = r.number ORDER BY 1`
  for (const { number, file, data } of pairs) {
    if (data === null) {
      const detail = `Root ${number} was published, and the row that tells of it is not there.`
      return { row: { code: 'cut', subject: rootsSubject, seq: number, id: null, detail }, root: null }
    }
    const row = `Row ${number} of ${rootsSubject}`
    if (file === null)
      return { row: null, root: { code: 'deleted', root: number, detail: `${row} tells of it, and it is not there.` } }
    const root = parseRoot(file)
    if (root && data !== JSON.stringify(publishedData(root)))
      return { row: null, root: { code: 'told-otherwise', root: number, detail: `${row} tells of another root.` } }
  }
  return { row: null, root: null }
}

interface Grown {
  number: number
  file: string | null
  heads: number
  events: number
  shrunk: boolean
}

/** The heads of every root against the counts it was signed with, also of those that have grown since. */
export async function headCountsFault(db: Tx): Promise<RootFault | null> {
  const grown = await db.$queryRaw<Grown[]>`
    SELECT coalesce(r.number, h.number) AS number, r.file, coalesce(h.heads, 0)::int AS heads,
      coalesce(h.events, 0)::float8 AS events, coalesce(h.shrunk, false) AS shrunk
    FROM chain_roots r FULL JOIN (
      SELECT root_number AS number, count(*) FILTER (WHERE was IS NULL) AS heads,
        sum(seq - coalesce(was, 0)) AS events, bool_or(seq <= coalesce(was, 0)) AS shrunk
      FROM (SELECT root_number, seq, lag(seq) OVER (PARTITION BY subject ORDER BY root_number) AS was
        FROM chain_root_heads) w
      GROUP BY root_number) h ON h.number = r.number
    ORDER BY 1`
  const sum = { heads: 0, events: 0 }
  for (const { number, file, heads, events, shrunk } of grown) {
    const root = file === null ? null : parseRoot(file)
    sum.heads += heads
    sum.events += events
    if (file !== null && root === null) continue
    if (!shrunk && root?.heads === sum.heads && root.events === sum.events) continue
    const what = root ? 'are not as many as it was signed with' : 'are there, and it is not'
    return { code: 'heads-changed', root: number, detail: `The heads that are kept of it ${what}.` }
  }
  return null
}
