import { mkdir, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Generation, StatusFiles } from '@/domain/incident/status-files'
import { errorCode, syncFolder } from '@/gateways/durable-files'
import { checkGeneration, type Manifest, readManifest, writeGeneration } from '@/gateways/status-generation'
import { clearUnmarked, Mark } from '@/gateways/status-turn'

/** A web server may still be reading what it opened a while ago. */
const keptAtLeast = 3
const keptForMs = 600_000

/** The number's folder below the root: twelve digits, in their order. */
const placeOf = (number: number) => `generations/${String(number).padStart(12, '0')}`
const place = /^generations\/(\d{12})$/

interface Served {
  number: number
  folder: string
  manifest: Manifest
}

/**
 * The status page in a folder: whole generations below "generations/" and a link "current" to the one that is served. The
 * link is there at every moment after the first generation, and leads to a newer one each time.
 */
export function folderStatusFiles(options: { root: string }): StatusFiles {
  const root = resolve(options.root)
  const generations = join(root, 'generations')

  async function served(): Promise<Served | null> {
    const target = await readlink(join(root, 'current')).catch(missing)
    const number = Number(place.exec(target ?? '')?.[1])
    if (target === null || !(number > 0)) return null
    const folder = join(root, target)
    const manifest = await readManifest(folder)
    if (manifest) return { number, folder, manifest }
    // Replaced and removed meanwhile, or spoiled by somebody: then it is as good as none.
    return (await readlink(join(root, 'current')).catch(missing)) === target ? null : served()
  }

  async function swapIn(mark: Mark, written: string, number: number): Promise<boolean> {
    if (((await served())?.number ?? 0) >= number) return false
    const folder = join(root, placeOf(number))
    // Nobody serves it: its publisher was killed before the swap.
    await rename(folder, mark.path('left')).catch(missing)
    await rename(written, folder)
    await syncFolder(generations)
    await symlink(placeOf(number), mark.path('link'))
    await rename(mark.path('link'), join(root, 'current'))
    await syncFolder(root)
    await removeOld(number)
    return true
  }

  async function removeOld(current: number): Promise<void> {
    const names = (await readdir(generations)).filter(name => place.test(`generations/${name}`)).sort()
    const spared = new Set(names.filter(name => Number(name) <= current).slice(-keptAtLeast))
    for (const name of names) {
      const folder = join(generations, name)
      const isYoung = Date.now() - (await stat(folder)).mtimeMs < keptForMs
      if (Number(name) > current || (!spared.has(name) && !isYoung)) await rm(folder, { recursive: true, force: true })
    }
  }

  return {
    async current() {
      const found = await served()
      return found && { number: found.number, publishedAt: new Date(found.manifest.publishedAt) }
    },
    async publish(generation: Generation) {
      checkGeneration(generation)
      await mkdir(generations, { recursive: true })
      await clearUnmarked(root)
      const before = await served()
      const mark = await Mark.set(root)
      try {
        await writeGeneration(mark.path('new'), generation, before)
        return await mark.alone(() => swapIn(mark, mark.path('new'), generation.number))
      } finally {
        await mark.clear()
      }
    },
  }
}

function missing(error: unknown): null {
  if (errorCode(error) === 'ENOENT') return null
  throw error
}
