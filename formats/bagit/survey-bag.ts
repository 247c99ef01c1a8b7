import { type Algorithm, type ManifestName, manifestName } from './algorithm'
import { BagInfo, type PayloadOxum, payloadOxum, readBagInfo } from './bag-info'
import type { BagObject, BagSource } from './bag-source'
import { type Declaration, longestDeclaration, readDeclaration } from './declaration'
import { fetchPaths } from './fetch-list'
import { type Findings, printable } from './finding'
import { manifestEntries } from './manifest'
import type { PathLedger } from './path-ledger'
import { tagLines } from './tag-text'

export interface BagList {
  file: string
  kind: 'payload' | 'tag' | 'fetch'
  /** Null for fetch.txt and for algorithms nobody here knows. */
  algorithm: Algorithm | null
}

/** What a look at a bag's listing and tag files shows, before any payload is read. */
export interface BagSurvey {
  /** Key prefix of everything in the bag: its name and "/", or "". */
  prefix: string
  declaration: Declaration
  info: BagInfo
  oxum: PayloadOxum | null
  payload: { octets: number; files: number }
  tagOctets: number
  tagFiles: number
  /** When the newest object was last written; null for an empty place. */
  newest: Date | null
  lists: BagList[]
}

const systemFile = /(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/

/**
 * Reads everything about a bag but its payload: fills the ledger from the listing and from every manifest, and notes what
 * RFC 8493 sections 2 and 3 object to. Constant memory. `name` is the bag's key, "" for the source's root.
 */
export async function surveyBag(
  source: BagSource,
  name: string,
  ledger: PathLedger,
  findings: Findings,
): Promise<BagSurvey> {
  const prefix = name === '' ? '' : `${name}/`
  const listing = await readListing(source, prefix, ledger, findings)
  const { files } = listing

  const declaration = await declarationOf(source, prefix, files, findings)
  const rules = declaration.rules
  const lines = (file: string) => tagLines(source.read(prefix + file), declaration.encoding)

  const infoFile = ['bag-info.txt', 'package-info.txt'].find(
    (file, i) => files.has(file) && (i === 0 || ['0.93', '0.94', '0.95'].includes(rules)),
  )
  const info = infoFile ? await readBagInfo(lines(infoFile), infoFile, rules, findings) : new BagInfo()

  const lists: BagList[] = []
  for (const [file, manifest] of manifestsOf(files, findings)) {
    const list = lists.push({ file, kind: manifest.kind, algorithm: manifest.algorithm }) - 1
    for await (const entry of manifestEntries(lines(file), { file, ...manifest }, rules, findings)) {
      await ledger.addEntry(entry.path, list, entry.digest)
    }
  }
  if (!lists.some(list => list.kind === 'payload')) {
    findings.error('payload-manifest-missing', null, 'There is no payload manifest.')
  }
  if (files.has('fetch.txt')) {
    findings.warn('fetch-not-followed', 'fetch.txt', 'What it lists is not fetched.')
    const list = lists.push({ file: 'fetch.txt', kind: 'fetch', algorithm: null }) - 1
    for await (const path of fetchPaths(lines('fetch.txt'), rules, findings)) await ledger.addEntry(path, list, '')
  }
  if (listing.payload.files === 0 && (await source.stat(`${prefix}data/`)) === null) {
    findings.error('payload-directory-missing', 'data/', 'There is no payload directory.')
  }

  const oxum = payloadOxum(info, findings)
  const { octets, files: count } = listing.payload
  if (oxum && (oxum.octets !== octets || oxum.files !== count)) {
    const detail = `Payload-Oxum says ${oxum.octets}.${oxum.files}, the payload is ${octets}.${count}.`
    findings.error('payload-oxum-mismatch', null, detail)
  }
  const { payload, tagOctets, tagFiles, newest } = listing
  return { prefix, declaration, info, oxum, lists, payload, tagOctets, tagFiles, newest }
}

async function readListing(source: BagSource, prefix: string, ledger: PathLedger, findings: Findings) {
  /** Files of the base directory that mean something to BagIt: few, whatever the bag's size. */
  const files = new Map<string, BagObject>()
  const payload = { octets: 0, files: 0 }
  let tagOctets = 0
  let tagFiles = 0
  let newest: Date | null = null
  for await (const object of source.list(prefix)) {
    const path = object.key.slice(prefix.length)
    if (path.endsWith('/')) continue
    if (newest === null || object.modifiedAt > newest) newest = object.modifiedAt
    if (path.startsWith('data/')) {
      payload.files++
      payload.octets += object.size
    } else {
      tagFiles++
      tagOctets += object.size
    }
    if (systemFile.test(path)) findings.warn('system-file', path, 'An operating system left it here.')
    if (/\p{Surrogate}/u.test(path)) {
      findings.error('name-not-utf-8', path, 'No manifest can name it, because its name is not UTF-8.')
      continue
    }
    await ledger.addFile(path, object.size)
    if (/^(bagit|bag-info|package-info|fetch)\.txt$/.test(path) || (!path.includes('/') && manifestName(path))) {
      files.set(path, object)
    }
  }
  return { files, payload, tagOctets, tagFiles, newest }
}

async function declarationOf(
  source: BagSource,
  prefix: string,
  files: ReadonlyMap<string, BagObject>,
  findings: Findings,
): Promise<Declaration> {
  if (!files.has('bagit.txt')) {
    findings.error('declaration-missing', 'bagit.txt', 'There is no bag declaration.')
    return { version: null, rules: '1.0', encoding: 'UTF-8' }
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of source.read(`${prefix}bagit.txt`)) {
    chunks.push(chunk)
    length += chunk.length
    if (length > longestDeclaration) break
  }
  return readDeclaration(Buffer.concat(chunks), findings)
}

/** The manifests of the base directory, one per kind and algorithm, sorted by name so that list numbers are stable. */
function manifestsOf(files: ReadonlyMap<string, BagObject>, findings: Findings): [string, ManifestName][] {
  const seen = new Map<string, string>()
  const manifests: [string, ManifestName][] = []
  for (const file of [...files.keys()].sort()) {
    const manifest = manifestName(file)
    if (!manifest) continue
    const other = seen.get(`${manifest.kind} ${manifest.name}`)
    if (other) {
      findings.error('duplicate-manifest', file, `${other} is a manifest of the same kind and algorithm.`)
      continue
    }
    seen.set(`${manifest.kind} ${manifest.name}`, file)
    if (!manifest.normalized) findings.warn('manifest-name', file, 'The algorithm should be written in lower case.')
    if (!manifest.algorithm) {
      findings.error('unknown-algorithm', file, `${manifest.name} cannot be computed here.`)
    }
    manifests.push([file, manifest])
  }
  return manifests
}

/** Notes paths that some systems would take for one another. Ask once the ledger is full. */
export async function noteTwins(ledger: PathLedger, findings: Findings): Promise<void> {
  for await (const [a, b] of ledger.twins()) {
    if (a.normalize('NFC') === b.normalize('NFC')) {
      findings.warn('differs-in-normalization', b, `Only Unicode normalization tells it from ${printable(a)}.`)
    } else findings.warn('differs-in-case', b, `Only upper and lower case tell it from ${printable(a)}.`)
  }
}
