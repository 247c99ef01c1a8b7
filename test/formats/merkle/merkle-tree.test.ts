import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIncluded, leafHash, MerkleTree, nodeHash } from '@/formats/merkle/merkle-tree'

const treeOf = (leaves: Uint8Array[], wanted: (index: number) => boolean = () => false) => {
  const tree = new MerkleTree()
  leaves.forEach((leaf, index) => {
    tree.add(leaf, wanted(index))
  })
  return tree.finish()
}

/** As RFC 6962 section 2.1 says it: split at the greatest power of two below the number. */
function asDefined(leaves: Uint8Array[]): Buffer {
  if (leaves.length === 0) return Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex')
  if (leaves.length === 1) return leafHash(leaves[0]!)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return nodeHash(asDefined(leaves.slice(0, split)), asDefined(leaves.slice(split)))
}

/** The inputs and roots that implementations of Certificate Transparency are tested with. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

const leaves = fc.array(fc.uint8Array({ maxLength: 8 }), { minLength: 1, maxLength: 70 })

describe('a tree', () => {
  it.each(roots.map((root, i) => [i + 1, root] as const))(
    'of the first %i known leaves has the known root',
    (n, root) => {
      expect(treeOf(inputs.slice(0, n).map(text => Buffer.from(text, 'hex'))).root.toString('hex')).toBe(root)
    },
  )

  it('has the root of the definition, also without a leaf', () => {
    expect(treeOf([]).root).toEqual(asDefined([]))
    fc.assert(fc.property(leaves, all => treeOf(all).root.equals(asDefined(all))))
  })

  it('proves every leaf that is wanted, and nothing else by that proof', () => {
    fc.assert(
      fc.property(leaves, fc.nat(), fc.nat(), (all, which, what) => {
        const index = which % all.length
        const { root, size, proofs } = treeOf(all, at => at === index || at % 3 === 0)
        const proof = proofs.find(one => one.index === index)!
        const leaf = all[index]!
        expect(isIncluded(leaf, proof, { root, size })).toBe(true)
        expect(isIncluded(Buffer.concat([leaf, Buffer.of(0)]), proof, { root, size })).toBe(false)
        expect(isIncluded(leaf, { ...proof, path: [...proof.path, root] }, { root, size })).toBe(false)
        expect(isIncluded(leaf, { ...proof, path: proof.path.slice(1) }, { root, size })).toBe(all.length === 1)
        expect(isIncluded(leaf, { ...proof, index: size + what }, { root, size })).toBe(false)
        for (const place of [-1, 0.5, Number.NaN])
          expect(isIncluded(leaf, { ...proof, index: place }, { root, size })).toBe(false)
        const other = Buffer.from(root)
        other[what % 32]! ^= 1
        expect(isIncluded(leaf, proof, { root: other, size })).toBe(false)
      }),
    )
  })
})
