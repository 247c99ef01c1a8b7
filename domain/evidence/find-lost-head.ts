import type { ChainFault } from '@/domain/evidence/check-chain'
import type { Tx } from '@/domain/transaction'

interface Lost {
  subject: string
  seq: number
  root: number
  id: string | null
  lastSeq: number | null
}

/** The first row that was published as a head under a root up to this one, and is not there or not the same any more. */
export async function findLostHead(db: Tx, upTo: number): Promise<ChainFault | null> {
  const [lost] = await db.$queryRaw<Lost[]>`
    SELECT h.subject, h.seq, h.root_number AS root, e.id::text,
      (SELECT max(seq) FROM events WHERE subject = h.subject) AS "lastSeq"
    FROM chain_root_heads h LEFT JOIN events e ON e.subject = h.subject AND e.seq = h.seq
    WHERE h.root_number <= ${upTo} AND e.hash IS DISTINCT FROM h.hash
    ORDER BY h.subject, h.seq LIMIT 1`
  if (!lost) return null
  const { subject, seq, root, id, lastSeq } = lost
  if (id !== null) {
    const detail = `Root ${root} was published over another row ${seq}: it or one before it was written anew.`
    return { code: 'rewritten', subject, seq, id, detail }
  }
  const left = lastSeq === null ? 'Nothing of the chain is left' : `The chain ends at row ${lastSeq}`
  const detail = `${left}; when root ${root} was published, it went to row ${seq}.`
  return { code: 'cut', subject, seq: (lastSeq ?? 0) + 1, id: null, detail }
}
