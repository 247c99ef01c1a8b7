import { createHash, type Hash } from 'node:crypto'
import type { Algorithm } from './algorithm'
import type { BagSource } from './bag-source'
import type { Findings } from './finding'
import type { LedgerRow, PathLedger } from './path-ledger'
import { type OpenedFile, readAhead } from './read-ahead'
import type { BagList, BagSurvey } from './survey-bag'

export interface CheckedFile<T> {
  path: string
  /** Bytes; null where the bag has no such file. */
  size: number | null
  payload: boolean
  /** Lower-case hex of what was computed; empty where the file was not read. */
  digests: Partial<Record<Algorithm, string>>
  /** What `consume` made of it, undefined where it was not read. */
  consumed: T | undefined
}

export interface CheckOptions<T> {
  /** Rows that an earlier attempt has dealt with: passed over without a word. */
  skip?: number
  /** Computed for every payload file, listed or not. */
  always?: Algorithm
  /** Reads a payload file's content while it is hashed; it may stop early. */
  consume?: (file: { path: string; size: number }, chunks: AsyncIterable<Uint8Array>) => Promise<T>
  /** Whether `consume` holds on to chunks of that path; without it, never. */
  keepsChunks?: (path: string) => boolean
  /** Whether a failure to read is the file's (a finding) and not the storage's (thrown). Without it, always the file's. */
  concernsFile?: (error: unknown) => boolean
}

/**
 * Goes through the ledger in path order and judges each file by RFC 8493 section 3: listed where it must be, present, and
 * with the digests its manifests give. Each file is read once, whatever the number of manifests. Constant memory.
 */
export async function* checkFiles<T>(
  source: BagSource,
  survey: BagSurvey,
  ledger: PathLedger,
  findings: Findings,
  options: CheckOptions<T> = {},
): AsyncIterable<CheckedFile<T>> {
  const { lists } = survey
  const open = (row: LedgerRow) => {
    if (row.size === null || wanted(row, lists, options).length === 0) return null
    return source.read(survey.prefix + row.path, undefined, { transient: !options.keepsChunks?.(row.path) })
  }
  let left = options.skip ?? 0
  async function* rows(): AsyncIterable<LedgerRow> {
    for await (const row of ledger.rows()) {
      if (left > 0) left--
      else yield row
    }
  }
  for await (const { row, file } of readAhead(rows(), open)) {
    judgeListing(row, survey, findings)
    const payload = isPayload(row.path)
    const checked: CheckedFile<T> = { path: row.path, size: row.size, payload, digests: {}, consumed: undefined }
    if (file && row.size !== null) {
      try {
        const hashed = new HashedChunks(file, wanted(row, lists, options))
        if (payload) checked.consumed = await options.consume?.({ path: row.path, size: row.size }, hashed)
        checked.digests = await hashed.finish()
        if (hashed.length !== row.size) {
          const detail = `It was listed with ${row.size} octets and read with ${hashed.length}.`
          findings.error('changed-while-read', row.path, detail)
        }
        judgeDigests(row, lists, checked.digests, findings)
      } catch (error) {
        if (!(error instanceof ReadFailure)) throw error
        if (options.concernsFile && !options.concernsFile(error.cause)) throw error.cause
        findings.error('unreadable-file', row.path, error.message)
      }
    }
    yield checked
  }
}

const isPayload = (path: string) => path.startsWith('data/')

/** The algorithms a file has to be hashed with; none where nobody asks. */
function wanted<T>(row: LedgerRow, lists: readonly BagList[], options: CheckOptions<T>): Algorithm[] {
  const algorithms = new Set<Algorithm>()
  for (const entry of row.entries) {
    const algorithm = lists[entry.list]?.algorithm
    if (algorithm) algorithms.add(algorithm)
  }
  if (options.always && isPayload(row.path)) algorithms.add(options.always)
  return [...algorithms]
}

function judgeListing(row: LedgerRow, survey: BagSurvey, findings: Findings): void {
  const { lists } = survey
  const strict = survey.declaration.rules === '1.0'
  const naming = new Set(row.entries.map(entry => entry.list))
  const missingFrom = (kind: BagList['kind']) =>
    lists.filter((list, i) => list.kind === kind && !naming.has(i)).map(list => list.file)
  const names = (kind: BagList['kind']) => row.entries.some(entry => lists[entry.list]?.kind === kind)

  judgeRepeats(row, lists, strict, findings)
  if (row.size === null && (names('payload') || names('tag'))) {
    const promised = names('fetch') ? ' fetch.txt says where it was, and is not followed.' : ''
    findings.error('missing-file', row.path, `It is listed and not there.${promised}`)
  }
  if (isPayload(row.path)) {
    const absent = missingFrom('payload')
    if (names('fetch') && (strict ? absent.length > 0 : !names('payload'))) {
      findings.error('fetch-not-in-manifest', row.path, 'fetch.txt lists it and not every payload manifest does.')
    }
    if (row.size === null) return
    if (!names('payload')) findings.error('unlisted-file', row.path, 'It lies under data/ and no manifest lists it.')
    else if (strict && absent.length > 0) {
      findings.error('not-in-every-manifest', row.path, `It is not listed in ${absent.join(', ')}.`)
    }
    return
  }
  const absent = missingFrom('tag')
  const isManifest = lists.some(list => list.kind === 'payload' && list.file === row.path)
  if (absent.length === 0) return
  if (isManifest && strict) {
    findings.error('manifest-not-in-tag-manifest', row.path, `It is not listed in ${absent.join(', ')}.`)
  } else if (names('tag')) {
    findings.warn('tag-manifests-differ', row.path, `It is not listed in ${absent.join(', ')}.`)
  }
}

function judgeRepeats(row: LedgerRow, lists: readonly BagList[], strict: boolean, findings: Findings): void {
  const first = new Map<number, string>()
  for (const { list, digest } of row.entries) {
    const before = first.get(list)
    if (before === undefined) first.set(list, digest)
    else {
      const detail = `${lists[list]?.file} lists it more than once.`
      if (strict || before !== digest) findings.error('duplicate-entry', row.path, detail)
      else findings.warn('duplicate-entry', row.path, detail)
    }
  }
}

function judgeDigests(
  row: LedgerRow,
  lists: readonly BagList[],
  digests: Partial<Record<Algorithm, string>>,
  findings: Findings,
): void {
  for (const entry of row.entries) {
    const list = lists[entry.list]
    if (!list?.algorithm || entry.digest === '' || digests[list.algorithm] === entry.digest) continue
    findings.error(
      'digest-mismatch',
      row.path,
      `${list.file} gives another ${list.algorithm} digest than the file has.`,
    )
  }
}

class ReadFailure extends Error {
  constructor(override readonly cause: unknown) {
    super(`It cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
    this.name = 'ReadFailure'
  }
}

/** Hands chunks on and hashes them on the way. Whoever reads them may stop early: `finish` reads what is left. */
class HashedChunks implements AsyncIterable<Uint8Array> {
  length = 0
  private readonly hashes: [Algorithm, Hash][]

  constructor(
    private readonly file: OpenedFile,
    algorithms: Algorithm[],
  ) {
    this.hashes = algorithms.map(algorithm => [algorithm, createHash(algorithm)])
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return { next: () => this.next() }
  }

  async finish(): Promise<Partial<Record<Algorithm, string>>> {
    while (!(await this.next()).done);
    return Object.fromEntries(this.hashes.map(([algorithm, hash]) => [algorithm, hash.digest('hex')]))
  }

  private async next(): Promise<IteratorResult<Uint8Array>> {
    const result = await this.file.next().catch((error: unknown) => {
      throw new ReadFailure(error)
    })
    if (!result.done) {
      this.length += result.value.length
      for (const [, hash] of this.hashes) hash.update(result.value)
    }
    return result
  }
}
