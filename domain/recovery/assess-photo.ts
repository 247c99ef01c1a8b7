import { createHash } from 'node:crypto'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import type { Assessment } from '@/formats/content-lines/assessment'
import { assessPhotoBytes } from '@/formats/photo/assess-photo'

/** Reads one photo once: what it is, its SHA-256 (hex) and its bytes' number. Throws {@link ObjectMissing} as reading does. */
export async function assessPhoto(
  storage: BackupStorage,
  key: string,
): Promise<{ assessment: Assessment; digest: string; octets: number }> {
  const hash = createHash('sha256')
  const chunks = storage.read(key, undefined, { transient: true })[Symbol.asyncIterator]()
  let octets = 0
  const next = async () => {
    const result = await chunks.next()
    if (!result.done) {
      hash.update(result.value)
      octets += result.value.length
    }
    return result
  }
  // No `return`: the assessment may stop early, and the digest needs the rest.
  const assessment = await assessPhotoBytes({ [Symbol.asyncIterator]: () => ({ next }) })
  while (!(await next()).done);
  return { assessment, digest: hash.digest('hex'), octets }
}
