import { headLeaf } from '@/domain/evidence/chain-head'
import { readHeads } from '@/domain/evidence/read-heads'
import {
  isRootSigned,
  noRootBefore,
  parseRoot,
  type RootFile,
  rootText,
  statementDigest,
} from '@/domain/evidence/root-file'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import type { Tx } from '@/domain/transaction'
import { MerkleTree } from '@/formats/merkle/merkle-tree'

export interface RootFault {
  code:
    | 'unreadable'
    | 'not-following'
    | 'wrong-signature'
    | 'unknown-key'
    | 'heads-changed'
    | 'not-published-here'
    | 'differs'
    | 'deleted'
    | 'told-otherwise'
  /** The root's number. */
  root: number
  detail: string
}

interface Row {
  number: number
  day: Date
  file: string
}

/**
 * The roots one after the other, each signed and following the one before. The newest is signed with a key of the
 * installation, and vouches for those before it: their keys may be gone since.
 */
export function rootsFault(rows: Row[], signer: Pick<EvidenceSigner, 'publicKeys'>): RootFault | null {
  let previous = noRootBefore
  for (const [i, { number, day, file }] of rows.entries()) {
    const root = parseRoot(file)
    const fault = (code: RootFault['code'], detail: string): RootFault => ({ code, root: number, detail })
    if (root?.number !== number || root.date !== day.toISOString().slice(0, 10) || rootText(root) !== file)
      return fault('unreadable', 'Its file is not what was published under that number and day.')
    if (number !== i + 1 || root.previous !== previous)
      return fault('not-following', 'It does not follow the root before it: one was changed, deleted or put in.')
    if (!isRootSigned(root)) return fault('wrong-signature', 'Its signature is not over what it says.')
    previous = statementDigest(root)
  }
  const newest = rows.at(-1)
  const key = newest && parseRoot(newest.file)?.publicKey
  if (!newest || (key && signer.publicKeys.includes(key))) return null
  const detail = 'The newest root is signed with a key that this installation does not have.'
  return { code: 'unknown-key', root: newest.number, detail }
}

/** What speaks against a root that somebody kept: it has to be one of ours to the letter. */
export function keptRootFault(kept: RootFile, rows: Row[]): RootFault | null {
  const fault = (code: RootFault['code'], detail: string): RootFault => ({ code, root: kept.number, detail })
  if (!isRootSigned(kept)) return fault('wrong-signature', 'The signature of the given file is not over what it says.')
  const row = rows.find(({ number }) => number === kept.number)
  if (!row) return fault('not-published-here', 'There is no root with that number any more.')
  const detail = 'The given root is another one than the root of that number here: what lies under it was written anew.'
  return row.file === rootText(kept) ? null : fault('differs', detail)
}

/** Whether the heads that are kept of a root still give it. */
export async function headsFault(db: Tx, root: RootFile): Promise<RootFault | null> {
  const tree = new MerkleTree()
  let events = 0
  for await (const head of readHeads(db, root.number)) {
    tree.add(headLeaf(head))
    events += head.seq
  }
  const found = tree.finish()
  const isSame = found.root.toString('hex') === root.root && found.size === root.heads && events === root.events
  const detail = 'The heads that are kept of it give another root: some were changed, deleted or put in.'
  return isSame ? null : { code: 'heads-changed', root: root.number, detail }
}
