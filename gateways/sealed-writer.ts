import { type FileHandle, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { SealedWriter } from '@/domain/restore/sealed-store'
import { syncFolder } from '@/gateways/durable-files'
import { type FrameCipher, largestFrame } from '@/gateways/sealed-frames'

const flushAt = 256 * 1024
const closed = () => new Error('This sealed object was finished, abandoned or could not be written.')

/** Writes frames to a temporary file and gives it its name at the end. A failed write leaves nothing behind. */
export class FileSealedWriter implements SealedWriter {
  private parts: Buffer[]
  private gathered: number
  private frames = 0
  /** Every step waits for the one before: callers need not. */
  private last: Promise<void> = Promise.resolve()
  private state: 'open' | 'over' = 'open'

  constructor(
    private readonly file: FileHandle,
    private readonly temporary: string,
    private readonly path: string,
    private readonly cipher: FrameCipher,
  ) {
    this.parts = [cipher.header]
    this.gathered = cipher.header.length
  }

  async append(frame: Uint8Array): Promise<number> {
    if (frame.length > largestFrame) throw new RangeError('A frame of a sealed object is at most 1 GiB.')
    if (this.state === 'over') throw closed()
    const index = this.frames++
    this.gather(this.cipher.seal(index, frame, false))
    if (this.gathered >= flushAt) await this.step(() => this.flush())
    return index
  }

  async finish(): Promise<void> {
    if (this.state === 'over') throw closed()
    this.gather(this.cipher.seal(this.frames, new Uint8Array(0), true))
    await this.step(async () => {
      await this.flush()
      await this.file.sync()
      this.state = 'over'
      await this.file.close()
      await rename(this.temporary, this.path)
      await syncFolder(dirname(this.path))
    })
  }

  async abandon(): Promise<void> {
    if (this.state === 'over') return
    this.state = 'over'
    await Promise.allSettled([this.last])
    await this.discard()
  }

  private gather(parts: Buffer[]): void {
    for (const part of parts) {
      this.parts.push(part)
      this.gathered += part.length
    }
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.concat(this.parts)
    this.parts = []
    this.gathered = 0
    await this.file.writeFile(bytes)
  }

  private step(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(work).catch(async error => {
      this.state = 'over'
      await this.discard()
      throw error
    })
    return this.last
  }

  private async discard(): Promise<void> {
    this.parts = []
    await Promise.allSettled([this.file.close()])
    await rm(this.temporary, { force: true })
  }
}
