/** What is wrong with a bag's completeness (RFC 8493 section 3): such a bag is neither complete nor valid. */
export type CompletenessCode =
  | 'declaration-missing'
  | 'declaration-malformed'
  | 'unsupported-version'
  | 'unsupported-encoding'
  | 'undecodable-text'
  | 'payload-directory-missing'
  | 'payload-manifest-missing'
  | 'duplicate-manifest'
  | 'line-too-long'
  | 'malformed-line'
  | 'malformed-digest'
  | 'malformed-path'
  | 'unsafe-path'
  | 'unencoded-percent'
  | 'outside-payload'
  | 'payload-in-tag-manifest'
  | 'tag-manifest-listed'
  | 'manifest-not-in-tag-manifest'
  | 'duplicate-entry'
  | 'missing-file'
  | 'unlisted-file'
  | 'not-in-every-manifest'
  | 'name-not-utf-8'
  | 'malformed-bag-info'
  | 'payload-oxum-malformed'
  | 'payload-oxum-repeated'
  | 'payload-oxum-mismatch'
  | 'malformed-fetch'
  | 'fetch-not-in-manifest'

/** What is wrong with its fixity: complete perhaps, but not valid. */
export type FixityCode = 'digest-mismatch' | 'unknown-algorithm' | 'unreadable-file' | 'changed-while-read'

export type WarningCode =
  | 'asterisk'
  | 'leading-dot-slash'
  | 'blank-line'
  | 'byte-order-mark'
  | 'line-not-terminated'
  | 'label-order'
  | 'manifest-name'
  | 'duplicate-entry'
  | 'tag-manifest-listed'
  | 'tag-manifests-differ'
  | 'differs-in-case'
  | 'differs-in-normalization'
  | 'system-file'
  | 'fetch-not-followed'

export interface Finding<Code extends string = string> {
  code: Code
  /** Relative to the bag's base directory; null where it concerns the whole bag. Bytes that are not UTF-8 show as \xNN. */
  path: string | null
  detail: string
}

const fixityCodes: ReadonlySet<string> = new Set<FixityCode>([
  'digest-mismatch',
  'unknown-algorithm',
  'unreadable-file',
  'changed-while-read',
])

/** Collects what is found: all of it counted, the first of each kind kept, so that a rotten bag fills no memory. */
export class Findings {
  readonly errors: Finding<CompletenessCode | FixityCode>[] = []
  readonly warnings: Finding<WarningCode>[] = []
  errorCount = 0
  warningCount = 0
  complete = true

  constructor(private readonly keep = 1000) {}

  error(code: CompletenessCode | FixityCode, path: string | null, detail: string): void {
    this.errorCount++
    if (!fixityCodes.has(code)) this.complete = false
    if (this.errors.length < this.keep) this.errors.push(finding(code, path, detail))
  }

  warn(code: WarningCode, path: string | null, detail: string): void {
    this.warningCount++
    if (this.warnings.length < this.keep) this.warnings.push(finding(code, path, detail))
  }
}

const finding = <Code extends string>(code: Code, path: string | null, detail: string): Finding<Code> => ({
  code,
  path: path === null ? null : printable(path),
  detail: printable(detail),
})

/** Makes a path safe to print and to store as UTF-8: escaped bytes (lone surrogates) and NUL become \xNN. */
export function printable(path: string): string {
  const text = path.replace(
    /\p{Surrogate}|\0/gu,
    unit => `\\x${(unit.charCodeAt(0) & 0xff).toString(16).padStart(2, '0')}`,
  )
  return text.length > 4096 ? `${text.slice(0, 4096)}…` : text
}
