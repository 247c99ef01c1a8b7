import { headLeaf } from '@/domain/evidence/chain-head'
import { readHeads } from '@/domain/evidence/read-heads'
import { noRootBefore, type RootFile, type RootStatement, statementDigest } from '@/domain/evidence/root-file'
import { reader } from '@/domain/transaction'
import { MerkleTree } from '@/formats/merkle/merkle-tree'
import type { ChainWorld } from '@/test/campaign/chain-world'

/** The roots as they would be over the heads that lie there now. */
export async function forgeRoots(world: ChainWorld, sign: (root: RootStatement) => RootFile): Promise<RootFile[]> {
  const forged: RootFile[] = []
  let previous = noRootBefore
  for (const { publicKey, signature, ...was } of world.roots) {
    const tree = new MerkleTree()
    let events = 0
    for await (const head of readHeads(reader('every-carrier'), was.number)) {
      tree.add(headLeaf(head))
      events += head.seq
    }
    const { root, size: heads } = tree.finish()
    const statement = { ...was, root: root.toString('hex'), heads, events, previous }
    forged.push(sign(statement))
    previous = statementDigest(statement)
  }
  return forged
}
