import { createHash } from 'node:crypto'
import { comparePaths } from '@/formats/bagit/bag-path'

/** One photo of a holding: the file's name and the SHA-256 (hex) of its bytes. */
export interface ListedPhoto {
  name: string
  digest: string
}

const leftBySystems = /^(\.DS_Store|Thumbs\.db|desktop\.ini|\._.*)$/

/**
 * Whether what lies under a photos folder counts as a photo of the holding: a plain name that a manifest can write, and not
 * what an operating system leaves behind. Intake and restore must agree on this, or the digest would not be the same.
 */
export const isPhotoName = (name: string): boolean =>
  name !== '' && !name.includes('/') && !/\p{Surrogate}/u.test(name) && !leftBySystems.test(name)

/** Computes a photo holding's digest over names that come in byte order, holding none of them. */
export class PhotoListing {
  private readonly hash = createHash('sha256')

  add({ name, digest }: ListedPhoto): void {
    this.hash.update(`${name}\0${digest}\n`)
  }

  digest(): string {
    return this.hash.digest('hex')
  }
}

/** SHA-256 (hex) over "name NUL sha256 LF" of every photo, in the order of the names' bytes. */
export function photoListingDigest(photos: readonly ListedPhoto[]): string {
  const listing = new PhotoListing()
  for (const photo of [...photos].sort((a, b) => comparePaths(a.name, b.name))) listing.add(photo)
  return listing.digest()
}
