import type { BundleChain } from '@/domain/evidence/bundle-form'
import { headLeaf } from '@/domain/evidence/chain-head'
import { readHeads } from '@/domain/evidence/read-heads'
import { parseRoot, type RootFile } from '@/domain/evidence/root-file'
import type { Tx } from '@/domain/transaction'
import { MerkleTree } from '@/formats/merkle/merkle-tree'

/** The subjects' chains as they are, with the newest root and the way of each head to it. */
export async function gatherChains(
  db: Tx,
  subjects: string[],
): Promise<{ root: RootFile | null; chains: BundleChain[] }> {
  // First the root, then the rows: so that no head of it is missing among them.
  const newest = await db.chainRoot.findFirst({ orderBy: { number: 'desc' } })
  const root = newest && parseRoot(newest.file)
  const proofs = root ? await provenHeads(db, root, new Set(subjects)) : null
  const rows = await db.event.findMany({
    where: { subject: { in: subjects } },
    orderBy: [{ subject: 'asc' }, { seq: 'asc' }],
  })
  const chains = new Map<string, BundleChain>()
  for (const { id, subject, previous, hash, at, ...row } of rows) {
    const chain: BundleChain = chains.get(subject) ?? { subject, events: [], proof: proofs?.get(subject) ?? null }
    chains.set(subject, chain)
    const { seq, kind, carrierId, actorRole, actorId, data } = row
    const hashes = { previous: Buffer.from(previous).toString('hex'), hash: Buffer.from(hash).toString('hex') }
    chain.events.push({
      id: String(id),
      seq,
      kind,
      carrierId,
      actorRole,
      actorId,
      at: at.toISOString(),
      data,
      ...hashes,
    })
  }
  return { root, chains: [...chains.values()] }
}

async function provenHeads(db: Tx, root: RootFile, subjects: Set<string>): Promise<Map<string, BundleChain['proof']>> {
  const tree = new MerkleTree()
  const wanted: { subject: string; seq: number }[] = []
  for await (const head of readHeads(db, root.number)) {
    const isWanted = subjects.has(head.subject)
    if (isWanted) wanted.push(head)
    tree.add(headLeaf(head), isWanted)
  }
  const { proofs } = tree.finish()
  return new Map(
    wanted.map(({ subject, seq }, i) => {
      const { index, path } = proofs[i]!
      return [subject, { seq, index, path: path.map(hash => hash.toString('hex')) }]
    }),
  )
}
