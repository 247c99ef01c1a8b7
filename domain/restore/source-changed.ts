import { createHash } from 'node:crypto'
import { type BackupStorage, ObjectMissing } from '@/domain/recovery/backup-storage'

/** The recovered data is not what intake checked: nothing may be pushed from it. */
export class SourceChanged extends Error {
  constructor(key: string) {
    super(`${key} is not what was taken in.`)
    this.name = 'SourceChanged'
  }
}

/**
 * The same storage, but a whole object read to its end must have the SHA-256 (hex) that intake noted, or the reader throws
 * {@link SourceChanged}: the check costs no second pass.
 */
export function checkingStorage(storage: BackupStorage, digestOf: (key: string) => string | null): BackupStorage {
  return {
    batchNames: () => storage.batchNames(),
    list: prefix => storage.list(prefix),
    stat: key => storage.stat(key),
    async *read(key, range) {
      const expected = digestOf(key)
      if (range || expected === null) {
        yield* storage.read(key, range)
        return
      }
      const hash = createHash('sha256')
      try {
        for await (const bytes of storage.read(key)) {
          hash.update(bytes)
          yield bytes
        }
      } catch (error) {
        if (error instanceof ObjectMissing) throw new SourceChanged(key)
        throw error
      }
      if (hash.digest('hex') !== expected) throw new SourceChanged(key)
    },
  }
}
