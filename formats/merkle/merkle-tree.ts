import { createHash } from 'node:crypto'

/** A leaf's way up to the root: what stands beside it, nearest first (RFC 6962 section 2.1.1). */
export interface InclusionProof {
  /** Place of the leaf, from 0. */
  index: number
  path: Buffer[]
}

interface Node {
  hash: Buffer
  leaves: number
  /** Of the leaves below that somebody wants proven. */
  proofs: InclusionProof[]
}

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

const leafMark = Uint8Array.of(0)
const nodeMark = Uint8Array.of(1)

/** RFC 6962 section 2.1: leaves and nodes are hashed apart, so that a node never passes for a leaf. */
export const leafHash = (data: Uint8Array): Buffer => sha256(leafMark, data)
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(nodeMark, left, right)

/**
 * The Merkle tree hash of leaves that come one after the other (RFC 6962 section 2.1), holding no more than one node for
 * each doubling of their number, whatever it is.
 */
export class MerkleTree {
  size = 0
  /** Whole subtrees, each smaller than the one before it. */
  private nodes: Node[] = []

  /** `wanted`: the leaf's proof is kept for the end. */
  add(data: Uint8Array, wanted = false): void {
    const proofs = wanted ? [{ index: this.size, path: [] }] : []
    let node: Node = { hash: leafHash(data), leaves: 1, proofs }
    for (let left = this.nodes.at(-1); left?.leaves === node.leaves; left = this.nodes.at(-1)) {
      this.nodes.pop()
      node = join(left, node)
    }
    this.nodes.push(node)
    this.size++
  }

  /** The root, and the proofs that were wanted in the order of their leaves. Nothing is added afterwards. */
  finish(): { root: Buffer; size: number; proofs: InclusionProof[] } {
    const { size, nodes } = this
    this.nodes = []
    const top = nodes.reduceRight<Node | null>((right, left) => (right === null ? left : join(left, right)), null)
    return { root: top?.hash ?? sha256(), size, proofs: top?.proofs ?? [] }
  }
}

function join(left: Node, right: Node): Node {
  for (const { path } of left.proofs) path.push(right.hash)
  for (const { path } of right.proofs) path.push(left.hash)
  return {
    hash: nodeHash(left.hash, right.hash),
    leaves: left.leaves + right.leaves,
    proofs: right.proofs.length === 0 ? left.proofs : [...left.proofs, ...right.proofs],
  }
}

/** Whether a leaf stands at that place below that root (RFC 9162 section 2.1.3.2). */
export function isIncluded(data: Uint8Array, proof: InclusionProof, tree: { root: Uint8Array; size: number }): boolean {
  if (!Number.isSafeInteger(proof.index) || proof.index < 0 || proof.index >= tree.size) return false
  let place = proof.index
  let last = tree.size - 1
  let hash = leafHash(data)
  for (const beside of proof.path) {
    if (last === 0) return false
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(beside, hash)
      while (place % 2 === 0 && place !== 0) {
        place /= 2
        last = Math.floor(last / 2)
      }
    } else hash = nodeHash(hash, beside)
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && hash.equals(tree.root)
}
