import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { comparePaths } from '@/formats/bagit/bag-path'

const heldAtMost = 10_000

/** What is sorted: a key and a few values of JSON. */
export type Entry = [key: string, ...values: (string | number | null)[]]

/**
 * Sorts any number of entries by key (byte order, equal keys in the order they came) in constant memory: full buffers go
 * to temporary files as sorted runs, which are merged while they are read. Few entries never touch the disk.
 */
export class SpillSorter {
  private held: Entry[] = []
  private readonly runs: string[] = []
  private folder: string | undefined

  constructor(private readonly limit = heldAtMost) {}

  async add(entry: Entry): Promise<void> {
    this.held.push(entry)
    if (this.held.length >= this.limit) await this.spill()
  }

  async *sorted(): AsyncIterable<Entry> {
    this.held.sort((a, b) => comparePaths(a[0], b[0]))
    if (this.runs.length === 0) {
      yield* this.held
      return
    }
    if (this.held.length > 0) await this.spill()
    const heads: { entry: Entry; run: number; rest: AsyncIterator<string> }[] = []
    try {
      for (const [run, file] of this.runs.entries()) {
        const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
        const rest = lines[Symbol.asyncIterator]()
        const first = await rest.next()
        if (!first.done) heads.push({ entry: parse(first.value), run, rest })
      }
      while (heads.length > 0) {
        let least = heads[0]!
        for (const head of heads) {
          const order = comparePaths(head.entry[0], least.entry[0])
          if (order < 0 || (order === 0 && head.run < least.run)) least = head
        }
        yield least.entry
        const next = await least.rest.next()
        if (next.done) heads.splice(heads.indexOf(least), 1)
        else least.entry = parse(next.value)
      }
    } finally {
      for (const head of heads) await head.rest.return?.()
    }
  }

  async close(): Promise<void> {
    this.held = []
    if (this.folder) await rm(this.folder, { recursive: true, force: true })
  }

  private async spill(): Promise<void> {
    this.folder ??= await mkdtemp(path.join(tmpdir(), 'homeward-sort-'))
    const file = path.join(this.folder, String(this.runs.length))
    this.held.sort((a, b) => comparePaths(a[0], b[0]))
    const out = await open(file, 'wx')
    try {
      for (let from = 0; from < this.held.length; from += 1000) {
        await out.writeFile(
          this.held
            .slice(from, from + 1000)
            .map(written)
            .join(''),
        )
      }
    } finally {
      await out.close()
    }
    this.runs.push(file)
    this.held = []
  }
}

/** One line; readline would also break lines at U+2028 and U+2029, which JSON leaves as they are. */
const written = (entry: Entry): string =>
  `${JSON.stringify(entry).replace(/[\u2028\u2029]/g, unit => `\\u${unit.charCodeAt(0).toString(16)}`)}\n`

const parse = (line: string): Entry => JSON.parse(line) as Entry
