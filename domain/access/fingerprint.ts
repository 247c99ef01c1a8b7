import { createHash } from 'node:crypto'

/** What a key stands for: everything that the answer depends on. */
export const fingerprintOf = (...parts: string[]): Buffer<ArrayBuffer> =>
  Buffer.from(createHash('sha256').update(JSON.stringify(parts)).digest())
