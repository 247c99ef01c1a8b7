import { decodePath } from './bag-path'
import type { BagitVersion } from './declaration'
import type { TagLine } from './tag-text'

/** A file that is written anew: its digest before and after, lower-case hex. */
export interface Renewed {
  before: string
  after: string
}

export interface ListCut {
  rules: BagitVersion
  /** Whether the file of that path (relative to the bag) leaves it. */
  leaves: (path: string) => boolean
  /** By path: what is written anew. */
  renewed: ReadonlyMap<string, Renewed>
  onLine?: (left: boolean) => void
}

/**
 * The lines of a manifest (RFC 8493 section 2.1.3) without the files that leave the bag, and with new digests of those that
 * are written anew; where the old digest was wrong it stays, so that no fault is healed unseen. All else stays as written.
 */
export async function* cutManifest(
  lines: AsyncIterable<TagLine>,
  { rules, leaves, renewed, onLine }: ListCut,
): AsyncIterable<string> {
  for await (const { text } of lines) {
    const match = /^(\S+)([ \t]+)(.+)$/s.exec(text)
    const path = match ? pathOf(match[3]!, rules) : null
    const left = path !== null && leaves(path)
    onLine?.(left)
    if (left) continue
    const change = path === null ? undefined : renewed.get(path)
    const isRight = change !== undefined && match![1]!.toLowerCase() === change.before
    yield isRight ? `${change.after}${match![2]}${match![3]}\n` : `${text}\n`
  }
}

/** The lines of fetch.txt (RFC 8493 section 2.2.3: `url length path`) without the files that leave the bag. */
export async function* cutFetchList(
  lines: AsyncIterable<TagLine>,
  { rules, leaves, onLine }: ListCut,
): AsyncIterable<string> {
  for await (const { text } of lines) {
    const match = /^\S+[ \t]+\S+[ \t]+(.+)$/s.exec(text)
    const left = match !== null && leaves(pathOf(match[1]!, rules))
    onLine?.(left)
    if (!left) yield `${text}\n`
  }
}

/** bag-info.txt with so much less in its Payload-Oxum; a wrong one stays as wrong as it was. */
export async function* lessenOxum(
  lines: AsyncIterable<TagLine>,
  { octets, files }: { octets: number; files: number },
): AsyncIterable<string> {
  for await (const { text } of lines) {
    const match = /^(payload-oxum[ \t]*:[ \t]*)(\d{1,15})\.(\d{1,15})([ \t]*)$/i.exec(text)
    yield match
      ? `${match[1]}${Math.max(0, Number(match[2]) - octets)}.${Math.max(0, Number(match[3]) - files)}${match[4]}\n`
      : `${text}\n`
  }
}

function pathOf(written: string, rules: BagitVersion): string {
  const name = written.startsWith('*') && rules !== '1.0' ? written.slice(1) : written
  const { path } = decodePath(name, rules)
  return path.startsWith('./') ? path.slice(2) : path
}
