import { type Algorithm, readDigest } from './algorithm'
import { decodePath, pathProblem } from './bag-path'
import type { BagitVersion } from './declaration'
import type { Findings } from './finding'
import { type TagLine, TagTextError } from './tag-text'

export interface ManifestEntry {
  path: string
  /** Lower-case hex; "" where it cannot be a digest of the manifest's algorithm. */
  digest: string
}

interface ManifestFile {
  file: string
  kind: 'payload' | 'tag'
  algorithm: Algorithm | null
}

/**
 * Reads a payload or tag manifest (RFC 8493 sections 2.1.3 and 2.2.1), an entry at a time. What breaks a rule becomes a
 * finding; an entry whose path could reach outside the bag is left out.
 */
export async function* manifestEntries(
  lines: AsyncIterable<TagLine>,
  manifest: ManifestFile,
  rules: BagitVersion,
  findings: Findings,
): AsyncIterable<ManifestEntry> {
  const at = (line: TagLine) => `${manifest.file} line ${line.number}`
  try {
    for await (const line of lines) {
      if (line.marked) findings.warn('byte-order-mark', manifest.file, 'It begins with a byte-order mark.')
      if (line.cut) {
        findings.error('line-too-long', manifest.file, `Line ${line.number} is longer than 65,536 characters.`)
        continue
      }
      if (line.text.trim() === '') {
        findings.warn('blank-line', manifest.file, `Line ${line.number} is empty.`)
        continue
      }
      if (!line.terminated) findings.warn('line-not-terminated', manifest.file, 'The last line has no line end.')
      const match = /^(\S+)[ \t]+(.+)$/s.exec(line.text)
      if (!match) {
        findings.error('malformed-line', manifest.file, `Line ${line.number} is not a checksum and a path.`)
        continue
      }
      const path = entryPath(match[2]!, at(line), manifest, rules, findings)
      if (path === null) continue
      const digest = readDigest(match[1]!, manifest.algorithm)
      if (digest === null)
        findings.error('malformed-digest', path, `${at(line)}: that is no ${manifest.algorithm} digest.`)
      yield { path, digest: digest ?? '' }
    }
  } catch (error) {
    if (!(error instanceof TagTextError)) throw error
    findings.error(error.code, manifest.file, error.message)
  }
}

function entryPath(
  written: string,
  where: string,
  manifest: ManifestFile,
  rules: BagitVersion,
  findings: Findings,
): string | null {
  let name = written
  // md5sum's mark for binary mode, which the drafts up to 0.97 allowed.
  if (name.startsWith('*') && rules !== '1.0') {
    name = name.slice(1)
    findings.warn('asterisk', name, `${where}: an asterisk stands before the path.`)
  }
  const decoded = decodePath(name, rules)
  let path = decoded.path
  if (decoded.stray) findings.error('unencoded-percent', path, `${where}: "%" must be written %25.`)
  if (path.startsWith('./')) {
    path = path.slice(2)
    findings.warn('leading-dot-slash', path, `${where}: the path begins with "./".`)
  }
  const problem = pathProblem(path)
  if (problem) {
    findings.error(problem.code, path, `${where}: ${problem.detail}`)
    return null
  }
  const inPayload = path.startsWith('data/')
  if (manifest.kind === 'payload' && !inPayload) {
    findings.error('outside-payload', path, `${where}: a payload manifest lists only what lies under data/.`)
    return null
  }
  if (manifest.kind === 'tag' && inPayload) {
    findings.error('payload-in-tag-manifest', path, `${where}: a tag manifest lists no payload.`)
    return null
  }
  if (manifest.kind === 'tag' && /^tagmanifest-[^/]*\.txt$/i.test(path)) {
    const detail = `${where}: a tag manifest lists no tag manifests.`
    if (rules === '1.0') findings.error('tag-manifest-listed', path, detail)
    else findings.warn('tag-manifest-listed', path, detail)
  }
  return path
}
