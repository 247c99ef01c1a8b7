import type { BigIntStats } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { digestOf, signatureOf } from '@/gateways/device-account/vdir-files'

const mostRemembered = 5_000
/** A file changed this recently may change again without its times showing it. */
const settledAfterMs = 2_000

/** Digests of large files (those of small ones cost as much to remember as to work out) that have not changed since: device, inode, size, mtime and ctime are the same. */
export class DigestMemory {
  private readonly known = new Map<string, { signature: string; etag: string }>()

  async etagOf(path: string, file: FileHandle, stats: BigIntStats): Promise<string> {
    const signature = signatureOf(stats)
    const known = this.known.get(path)
    if (known?.signature === signature) return known.etag
    const startedAt = Date.now()
    const etag = await digestOf(file, stats.size)
    const unchanged = signatureOf(await file.stat({ bigint: true })) === signature
    if (unchanged && startedAt - Number(stats.ctimeMs) > settledAfterMs) this.remember(path, { signature, etag })
    return etag
  }

  clear(): void {
    this.known.clear()
  }

  private remember(path: string, digest: { signature: string; etag: string }): void {
    const oldest = this.known.keys().next()
    if (this.known.size >= mostRemembered && !oldest.done) this.known.delete(oldest.value)
    this.known.set(path, digest)
  }
}
