import { createHash, type Hash } from 'node:crypto'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import { isLineOf } from '@/domain/recovery/expected-counts'
import type { BagEdit, BagEditor } from '@/domain/retention/bag-editor'
import { type BagLease, takeBagLease } from '@/domain/retention/bag-lease'
import { type Algorithm, type ManifestName, manifestName } from '@/formats/bagit/algorithm'
import { cutFetchList, cutManifest, lessenOxum, type Renewed } from '@/formats/bagit/cut-lists'
import { type Declaration, longestDeclaration, readDeclaration } from '@/formats/bagit/declaration'
import { Findings } from '@/formats/bagit/finding'
import { type TagLine, tagLines } from '@/formats/bagit/tag-text'

export interface CutOutside {
  storage: BackupStorage
  bags: BagEditor
}

export interface CutResult {
  /** Files that lay in the folders. */
  files: number
  octets: number
  /** Lines of expected.csv. */
  lines: number
}

/** Digests of a file by algorithm, before and after. */
type Digests = Map<Algorithm, Renewed>

const expected = 'data/expected.csv'

/**
 * Takes the folders of some account ids out of a bag, with every line about them, so that the bag is as valid as it was. One
 * line at a time is in memory. Null while somebody else changes the bag. Twice, also after a kill, gives the same bag.
 */
export async function cutBag(
  outside: CutOutside,
  batch: { id: string; name: string },
  accountIds: readonly string[],
): Promise<CutResult | null> {
  // A bag that somebody has taken away holds nothing of anybody.
  if ((await outside.storage.stat(`${batch.name}/`)) === null) return { files: 0, octets: 0, lines: 0 }
  const lease = await takeBagLease(batch.id)
  if (lease === null) return null
  const edit = await outside.bags.begin(batch.name)
  try {
    const cut = new Cut(outside.storage, edit, lease, batch.name, accountIds)
    const result = await cut.prepare()
    await lease.renew()
    await (cut.changes ? edit.commit(cut.folders) : edit.abandon())
    return result
  } catch (error) {
    await edit.abandon()
    throw error
  } finally {
    await lease.letGo()
  }
}

class Cut {
  changes = false
  folders: string[] = []
  private readonly renewed = new Map<string, Digests>()
  private readonly prefix: string

  constructor(
    private readonly storage: BackupStorage,
    private readonly edit: BagEdit,
    private readonly lease: BagLease,
    name: string,
    private readonly accountIds: readonly string[],
  ) {
    this.prefix = `${name}/`
  }

  /** Puts every tag file that changes aside. Nothing of the bag itself is touched. */
  async prepare(): Promise<CutResult> {
    const result = { files: 0, octets: 0, lines: 0 }
    for (const id of this.accountIds) {
      const folder = `data/${id}`
      if ((await this.storage.stat(`${this.prefix}${folder}/`)) === null) continue
      this.folders.push(folder)
      this.changes = true
      for await (const object of this.storage.list(`${this.prefix}${folder}/`)) {
        result.files++
        result.octets += object.size
      }
    }
    const { lists, algorithms, hasFetch, info } = await this.look()
    const declaration = await this.declaration()
    let octets = result.octets
    if (await this.has(expected)) {
      const before = (await this.storage.stat(this.prefix + expected))!.size
      const lines = () => tagLines(this.storage.read(this.prefix + expected), 'ISO-8859-1')
      const found = await this.rewrite(expected, algorithms, onLine => this.expectedLines(lines(), onLine), 'latin1')
      result.lines = found.left
      octets += found.left === 0 ? 0 : before - found.octets
    }
    const isUtf8 = /^(utf-?8|us-ascii|ascii)$/i.test(declaration.encoding.trim())
    const cut = { rules: declaration.rules, leaves: (path: string) => this.leaves(path) }
    const lines = (file: string) => tagLines(this.storage.read(this.prefix + file), declaration.encoding)
    for (const { file, algorithm } of lists.filter(one => one.kind === 'payload')) {
      const renewed = this.digestsBy(algorithm)
      const linesOf = (onLine: (left: boolean) => void) => cutManifest(lines(file), { ...cut, renewed, onLine })
      await this.rewrite(file, algorithms, linesOf, 'utf8', this.changes && !isUtf8)
    }
    if (hasFetch) {
      const none = new Map<string, Renewed>()
      await this.rewrite('fetch.txt', algorithms, onLine =>
        cutFetchList(lines('fetch.txt'), { ...cut, renewed: none, onLine }),
      )
    }
    if (!this.changes) return result
    if (info !== null) {
      await this.rewrite(info, algorithms, () => lessenOxum(lines(info), { octets, files: result.files }), 'utf8', true)
    }
    // What is written anew is UTF-8: a bag whose tag files were in something else says so from now on.
    if (!isUtf8) await this.declareUtf8(algorithms)
    for (const { file, algorithm } of lists.filter(one => one.kind === 'tag')) {
      const renewed = this.digestsBy(algorithm)
      const none = () => false
      await this.rewrite(file, [], () => cutManifest(lines(file), { ...cut, leaves: none, renewed }), 'utf8', true)
    }
    return result
  }

  private leaves = (path: string): boolean => {
    const [data, id, ...rest] = path.split('/')
    return data === 'data' && rest.length > 0 && this.accountIds.includes(id ?? '')
  }

  private async has(path: string): Promise<boolean> {
    return (await this.storage.stat(this.prefix + path)) !== null
  }

  private async look() {
    const lists: (ManifestName & { file: string })[] = []
    let hasFetch = false
    let info: string | null = null
    for (const file of await this.edit.baseFiles()) {
      const manifest = manifestName(file)
      if (manifest) lists.push({ ...manifest, file })
      if (file === 'fetch.txt') hasFetch = true
      if (file === 'bag-info.txt' || (file === 'package-info.txt' && info === null)) info = file
    }
    const algorithms = [...new Set(lists.flatMap(one => one.algorithm ?? []))]
    return { lists: lists.sort((a, b) => (a.file < b.file ? -1 : 1)), algorithms, hasFetch, info }
  }

  private async declaration(): Promise<Declaration> {
    if (!(await this.has('bagit.txt'))) return { version: null, rules: '1.0', encoding: 'UTF-8' }
    const chunks: Uint8Array[] = []
    const range = { from: 0, to: longestDeclaration }
    for await (const chunk of this.storage.read(`${this.prefix}bagit.txt`, range)) chunks.push(chunk)
    return readDeclaration(Buffer.concat(chunks), new Findings())
  }

  private digestsBy(algorithm: Algorithm | null): Map<string, Renewed> {
    const digests = new Map<string, Renewed>()
    for (const [path, by] of this.renewed) {
      const of = algorithm === null ? undefined : by.get(algorithm)
      if (of) digests.set(path, of)
    }
    return digests
  }

  private async declareUtf8(algorithms: readonly Algorithm[]): Promise<void> {
    const lines = () => tagLines(this.storage.read(`${this.prefix}bagit.txt`), 'UTF-8')
    async function* utf8(): AsyncIterable<string> {
      for await (const { text } of lines())
        yield `${text.replace(/^([ \t]*Tag-File-Character-Encoding[ \t]*:[ \t]*).*$/i, '$1UTF-8')}\n`
    }
    await this.rewrite('bagit.txt', algorithms, utf8, 'utf8', true)
  }

  private async *expectedLines(lines: AsyncIterable<TagLine>, onLine: (left: boolean) => void): AsyncIterable<string> {
    for await (const { text } of lines) {
      const left = isLineOf(text, this.accountIds)
      onLine(left)
      // An empty line keeps the numbers by which exceptions name the lines behind it.
      yield left ? '\n' : `${text}\n`
    }
  }

  /** Puts a file aside as it will be, and notes its digests. Where nothing leaves it, it stays unless it must be written. */
  private async rewrite(
    path: string,
    algorithms: readonly Algorithm[],
    linesOf: (onLine: (left: boolean) => void) => AsyncIterable<string>,
    encoding: 'utf8' | 'latin1' = 'utf8',
    always = false,
  ): Promise<{ left: number; octets: number }> {
    let left = 0
    if (!always && this.digestsBy(algorithms[0] ?? null).size === 0) {
      for await (const _ of linesOf(isLeft => {
        left += isLeft ? 1 : 0
      }))
        await this.lease.keep()
      if (left === 0) return { left, octets: 0 }
      left = 0
    }
    const before = hashes(algorithms)
    for await (const chunk of this.storage.read(this.prefix + path)) update(before, chunk)
    const after = hashes(algorithms)
    let octets = 0
    const chunks = async function* (this: Cut): AsyncIterable<Uint8Array> {
      for await (const piece of inPieces(
        linesOf(isLeft => {
          left += isLeft ? 1 : 0
        }),
        encoding,
      )) {
        update(after, piece)
        octets += piece.length
        await this.lease.keep()
        yield piece
      }
    }
    await this.edit.write(path, chunks.call(this))
    this.changes = true
    const pairs = algorithms.map((algorithm, i) => {
      return [algorithm, { before: before[i]!.digest('hex'), after: after[i]!.digest('hex') }] as const
    })
    this.renewed.set(path, new Map(pairs))
    return { left, octets }
  }
}

const hashes = (algorithms: readonly Algorithm[]): Hash[] => algorithms.map(algorithm => createHash(algorithm))
const update = (all: Hash[], chunk: Uint8Array): void => {
  for (const hash of all) hash.update(chunk)
}

const pieceCharacters = 65_536

/** Lines joined to pieces that are worth a write. */
async function* inPieces(lines: AsyncIterable<string>, encoding: 'utf8' | 'latin1'): AsyncIterable<Uint8Array> {
  let text = ''
  for await (const line of lines) {
    text += line
    if (text.length < pieceCharacters) continue
    yield Buffer.from(text, encoding)
    text = ''
  }
  if (text !== '') yield Buffer.from(text, encoding)
}
