/** Checksum algorithms by the names manifests use (RFC 8493 section 2.4), with the hex digits of a digest. */
const digits = { md5: 32, sha1: 40, sha224: 56, sha256: 64, sha384: 96, sha512: 128 } as const
export type Algorithm = keyof typeof digits

const isAlgorithm = (name: string): name is Algorithm => Object.hasOwn(digits, name)

export interface ManifestName {
  kind: 'payload' | 'tag'
  /** Null where nobody here knows how to compute it. */
  algorithm: Algorithm | null
  /** Normalized: lower case, letters and digits only. */
  name: string
  /** Whether the file's name was in that form already. */
  normalized: boolean
}

/** Reads the file name of a manifest in the base directory; null where it is none. */
export function manifestName(file: string): ManifestName | null {
  const match = /^(tag)?manifest-(.+)\.txt$/i.exec(file)
  if (!match) return null
  const name = match[2]!.toLowerCase().replace(/[^a-z0-9]/g, '')
  const kind = match[1] ? 'tag' : 'payload'
  return {
    kind,
    name,
    algorithm: isAlgorithm(name) ? name : null,
    normalized: file === `${kind === 'tag' ? 'tag' : ''}manifest-${name}.txt`,
  }
}

/** A digest in lower case, null where it is not as many hex digits as the algorithm gives. */
export function readDigest(written: string, algorithm: Algorithm | null): string | null {
  if (!/^[0-9a-fA-F]+$/.test(written)) return null
  if (algorithm !== null && written.length !== digits[algorithm]) return null
  return written.toLowerCase()
}
