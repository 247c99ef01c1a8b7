import type { Actor } from '@/domain/actor'
import { compareSubjects } from '@/domain/evidence/chain-head'
import { ChainCheck, type ChainFault } from '@/domain/evidence/check-chain'
import { headCountsFault, publishingFault } from '@/domain/evidence/check-publishing'
import { headsFault, keptRootFault, type RootFault, rootsFault } from '@/domain/evidence/check-roots'
import { findLostHead } from '@/domain/evidence/find-lost-head'
import { readChainRows } from '@/domain/evidence/read-chain-rows'
import { parseRoot, type RootFile } from '@/domain/evidence/root-file'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { authorizeEver } from '@/domain/policy'
import { reader } from '@/domain/transaction'

export interface ChainVerdict {
  whole: boolean
  /** The first bad row in the order of subject and number; null where only roots are bad, or nothing is. */
  first: ChainFault | null
  /** What is wrong with published roots and their heads. */
  roots: RootFault[]
  /** Of what was read until the first bad row. */
  rows: number
  chains: number
  /** Against how many published roots. */
  publishedRoots: number
  /** Rows that came after the newest root: their chain alone vouches for them. Null where something is wrong. */
  rowsSinceRoot: number | null
  seconds: number
  rowsPerSecond: number
}

/**
 * Reads every event and works out every hash anew, in constant memory, and holds all of it against the roots that were
 * published, and against one that an auditor kept: who wrote chains and roots anew does not have that one.
 */
export async function verifyChains(
  actor: Actor,
  { signer, kept = null }: { signer: Pick<EvidenceSigner, 'publicKeys'>; kept?: RootFile | null },
): Promise<ChainVerdict> {
  authorizeEver(actor, 'chain.verify')
  const began = performance.now()
  const db = reader(actor)
  const published = await db.chainRoot.findMany({ orderBy: { number: 'asc' } })
  const newest = published.at(-1)
  const check = new ChainCheck()
  const publishing = await publishingFault(db)
  const lost = await findLostHead(db, newest?.number ?? 0)
  const found = [await firstFault(check), lost, publishing.row].filter(one => one !== null)
  const newestRoot = newest ? parseRoot(newest.file) : null
  const roots = [
    rootsFault(published, signer),
    publishing.root,
    kept && keptRootFault(kept, published),
    await headCountsFault(db),
    newestRoot && (await headsFault(db, newestRoot)),
    kept && kept.number !== newest?.number ? await headsFault(db, kept) : null,
  ].filter(one => one !== null)
  const whole = found.length === 0 && roots.length === 0
  const seconds = (performance.now() - began) / 1000
  return {
    whole,
    first: found.sort(inOrder)[0] ?? null,
    roots,
    rows: check.rows,
    chains: check.chains,
    publishedRoots: published.length,
    rowsSinceRoot: whole ? check.rows - (newestRoot?.events ?? 0) : null,
    seconds: Math.round(seconds * 1000) / 1000,
    rowsPerSecond: Math.round(check.rows / seconds),
  }

  async function firstFault(check: ChainCheck): Promise<ChainFault | null> {
    for await (const row of readChainRows(db)) {
      const fault = check.next(row)
      if (fault) return fault
    }
    return null
  }
}

const inOrder = (a: ChainFault, b: ChainFault): number => compareSubjects(a.subject, b.subject) || a.seq - b.seq
