import type { LedgerRow } from './path-ledger'

/** A file whose first bytes are already on their way. */
export interface OpenedFile {
  next(): Promise<IteratorResult<Uint8Array>>
}

const filesAhead = 4

/**
 * Begins to read the next few files while the present one is dealt with, and hands them on in the rows' order: small
 * files cost a round trip each, which this hides. `open` says null where a row's file is not wanted.
 */
export async function* readAhead(
  rows: AsyncIterable<LedgerRow>,
  open: (row: LedgerRow) => AsyncIterable<Uint8Array> | null,
): AsyncIterable<{ row: LedgerRow; file: OpenedFile | null }> {
  const waiting: { row: LedgerRow; file: StartedFile | null }[] = []
  let current: StartedFile | null = null
  try {
    for await (const row of rows) {
      const chunks = open(row)
      waiting.push({ row, file: chunks && new StartedFile(chunks) })
      if (waiting.length <= filesAhead) continue
      const next = waiting.shift()!
      current = next.file
      yield next
    }
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      current = next.file
      yield next
    }
  } finally {
    await current?.abandon()
    for (const { file } of waiting) await file?.abandon()
  }
}

class StartedFile implements OpenedFile {
  private readonly chunks: AsyncIterator<Uint8Array>
  private first: Promise<IteratorResult<Uint8Array>> | null
  private ended = false

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]()
    this.first = this.chunks.next()
    // Whoever asks for the first bytes hears of a failure; until then it is nobody's unhandled rejection.
    this.first.catch(() => undefined)
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    const asked = this.first ?? this.chunks.next()
    this.first = null
    const result = await asked
    if (result.done) this.ended = true
    return result
  }

  async abandon(): Promise<void> {
    if (!this.ended) await this.chunks.return?.()
  }
}
