import { inParallel } from '@/gateways/in-parallel'
import type { ListedObject, S3Objects } from '@/gateways/s3-objects'
import type { Published } from '@/gateways/status-live-s3'
import { generationKey, type Manifest, readManifest } from '@/gateways/status-pointer-s3'

const atOnce = 16
const keptAtLeast = 3
/** A mirror may still be reading what a manifest of a while ago names. */
const keptForMs = 600_000

const bodiesOf = ({ files }: Manifest) => new Set(Object.values(files).map(({ object }) => object))

/** Takes away what only generations name that nobody follows any more, and what publications left that came to nothing. */
export class OldGenerations {
  /** Bodies by the digest of the manifest that names them: it is read once. */
  private readonly known = new Map<string, Set<string>>()

  constructor(private readonly now: () => number) {}

  /** `held` is what was there before `current` was written. Throws S3Failed. */
  async remove(objects: S3Objects, current: Published, held: Map<string, ListedObject>): Promise<void> {
    const { generation } = current.manifest
    const isOld = ({ modifiedAt }: ListedObject) => this.now() - modifiedAt.getTime() >= keptForMs
    const manifests = [...held].flatMap(([key, listed]) => {
      const [, number, sha256] = generationKey.exec(key) ?? []
      return sha256 === undefined ? [] : [{ key, number: Number(number), sha256, isOld: isOld(listed) }]
    })
    const numbers = new Set(manifests.map(({ number }) => number).filter(number => number < generation))
    const spared = new Set([...numbers].sort((a, b) => b - a).slice(0, keptAtLeast - 1))
    const kept = manifests.filter(one => !one.isOld || one.number >= generation || spared.has(one.number))
    const used = new Set([...bodiesOf(current.manifest), ...kept.map(({ key }) => key)])
    for (const { number, sha256 } of kept) {
      const known = this.known.get(sha256) ?? bodiesOf((await readManifest(objects, { number, sha256 })) ?? nothing)
      this.known.set(sha256, known)
      for (const key of known) used.add(key)
    }
    const alive = new Set(kept.map(({ sha256 }) => sha256))
    for (const digest of this.known.keys()) if (!alive.has(digest)) this.known.delete(digest)
    this.known.set(current.digest, bodiesOf(current.manifest))
    const gone = [...held].filter(([key, listed]) => isPast(key, generation) && isOld(listed) && !used.has(key))
    await inParallel(gone, atOnce, ([key]) => objects.remove(key))
  }
}

const nothing: Manifest = { generation: 1, publishedAt: '', files: {} }

/** Also false for what is not ours. */
const isPast = (key: string, current: number) => Number(generationKey.exec(key)?.[1]) < current
