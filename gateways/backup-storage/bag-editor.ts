import { createHash } from 'node:crypto'
import { lstat, mkdir, open, readdir, readFile, realpath, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { BagEdit, BagEditor } from '@/domain/retention/bag-editor'
import { errorCode, syncFolder } from '@/gateways/durable-files'

const readyFile = 'ready.json'
const journal = z.object({
  bag: z.string(),
  files: z.array(z.object({ from: z.string(), to: z.string() })),
  folders: z.array(z.string()),
})
type Journal = z.infer<typeof journal>

/**
 * Changes bags in a folder. What is written lies beside the bags, in a folder whose name begins with a dot, until a journal
 * says that it is whole: from then on it is only moved, and moving again does no harm.
 */
export function folderBagEditor(rootUrlOrPath: string): BagEditor {
  const root = resolve(rootUrlOrPath.startsWith('file:') ? fileURLToPath(rootUrlOrPath) : rootUrlOrPath)
  return {
    async begin(batchName): Promise<BagEdit> {
      await requireOwnFolder(root, batchName)
      const aside = join(root, `.hw-cut-${createHash('sha256').update(batchName).digest('hex').slice(0, 32)}`)
      await finishInterrupted(root, aside)
      await rm(aside, { recursive: true, force: true })
      await mkdir(aside, { mode: 0o700 })
      const files: Journal['files'] = []
      return {
        async baseFiles() {
          const entries = await readdir(join(root, batchName), { withFileTypes: true })
          return entries.filter(entry => entry.isFile()).map(entry => entry.name)
        },
        async write(path, chunks) {
          const from = String(files.length)
          await writeDurably(join(aside, from), chunks)
          files.push({ from, to: plainPath(path) })
        },
        async commit(folders) {
          const done: Journal = { bag: batchName, files, folders: folders.map(plainPath) }
          await writeDurably(join(aside, `${readyFile}.new`), [Buffer.from(JSON.stringify(done))])
          await rename(join(aside, `${readyFile}.new`), join(aside, readyFile))
          await syncFolder(aside)
          await syncFolder(root)
          await apply(root, aside, done)
        },
        abandon: () => rm(aside, { recursive: true, force: true }),
      }
    },
  }
}

async function finishInterrupted(root: string, aside: string): Promise<void> {
  let text: string
  try {
    text = await readFile(join(aside, readyFile), 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return
    throw error
  }
  await apply(root, aside, journal.parse(JSON.parse(text)))
}

/** May be done again from its beginning at any point. The journal goes last: it is what says that there is something to do. */
async function apply(root: string, aside: string, { bag, files, folders }: Journal): Promise<void> {
  const touched = new Set<string>()
  for (const { from, to } of files) {
    const target = join(root, bag, plainPath(to))
    await requireOwnFolder(root, dirname(join(bag, to)))
    try {
      await rename(join(aside, from), target)
    } catch (error) {
      // Moved already.
      if (errorCode(error) !== 'ENOENT') throw error
    }
    touched.add(dirname(target))
  }
  for (const folder of folders) {
    const parent = dirname(join(bag, plainPath(folder)))
    await requireOwnFolder(root, parent)
    await rm(join(root, bag, folder), { recursive: true, force: true })
    touched.add(join(root, parent))
  }
  for (const folder of touched) await syncFolder(folder)
  await rm(join(aside, readyFile), { force: true })
  await rm(aside, { recursive: true, force: true })
}

async function writeDurably(path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of chunks) await file.writeFile(chunk)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Throws RangeError for a path that would climb. */
function plainPath(path: string): string {
  const plain = path.split('/').every(segment => segment !== '' && segment !== '.' && segment !== '..')
  if (!plain || path.includes('\0')) throw new RangeError('A path within a bag is plain segments joined by "/".')
  return path
}

/** No link may lead out of the storage: what is changed or removed lies where its path says. */
async function requireOwnFolder(root: string, folder: string): Promise<void> {
  const path = join(root, plainPath(folder))
  const [real, realRoot, stats] = await Promise.all([realpath(path), realpath(root), lstat(path)])
  if (real !== join(realRoot, folder) || !stats.isDirectory())
    throw new Error('A folder of backup storage is a link, or no folder: nothing in it is changed.')
}
