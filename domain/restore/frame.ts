/** One thing of a frame: what is said about it, and its bytes where it has some. */
export interface Framed<Meta> {
  meta: Meta
  body: Uint8Array | null
}

/**
 * A frame as bytes: four bytes length of the head (big-endian), the head as JSON `[[meta, octets or -1], …]`, the bodies.
 * Bodies stay bytes, so what a server holds comes back to the letter even where it is no text.
 */
export function encodeFrame<Meta>(things: Framed<Meta>[]): Buffer {
  const head = Buffer.from(JSON.stringify(things.map(({ meta, body }) => [meta, body ? body.length : -1])), 'utf8')
  const size = Buffer.alloc(4)
  size.writeUInt32BE(head.length)
  return Buffer.concat([size, head, ...things.flatMap(({ body }) => (body ? [body] : []))])
}

export function decodeFrame<Meta>(frame: Uint8Array): Framed<Meta>[] {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength)
  const headEnd = 4 + bytes.readUInt32BE(0)
  let at = headEnd
  const head = JSON.parse(bytes.toString('utf8', 4, headEnd)) as [Meta, number][]
  return head.map(([meta, octets]) => {
    if (octets < 0) return { meta, body: null }
    const body = bytes.subarray(at, at + octets)
    at += octets
    return { meta, body }
  })
}

/** Gathers things into frames of at most `count` things and about `octets` bytes, so that one frame fits in memory. */
export class FrameGatherer<Meta> {
  private things: Framed<Meta>[] = []
  private octets = 0

  constructor(
    private readonly limit: { count: number; octets: number },
    private readonly flush: (frame: Framed<Meta>[]) => Promise<unknown>,
  ) {}

  /** Where the next thing will lie in its frame. */
  get nextIndex(): number {
    return this.things.length
  }

  add(meta: Meta, body: Uint8Array | null): Promise<void> | undefined {
    this.things.push({ meta, body })
    this.octets += (body?.length ?? 0) + 200
    return this.things.length >= this.limit.count || this.octets >= this.limit.octets ? this.end() : undefined
  }

  async end(): Promise<void> {
    if (this.things.length === 0) return
    const things = this.things
    this.things = []
    this.octets = 0
    await this.flush(things)
  }
}
