const longestLine = 65_536

/** The text of a tag file cannot be had: an encoding nobody here knows, or bytes that are not in it. */
export class TagTextError extends Error {
  constructor(
    readonly code: 'unsupported-encoding' | 'undecodable-text',
    detail: string,
  ) {
    super(detail)
    this.name = 'TagTextError'
  }
}

export interface TagLine {
  text: string
  /** Counted from 1. */
  number: number
  /** Whether LF, CR or CRLF followed. */
  terminated: boolean
  /** The line was longer than 65,536 characters; `text` is its beginning. */
  cut: boolean
  /** A byte-order mark that its encoding does not need stood before it (and was left out). */
  marked: boolean
}

/**
 * Splits a tag file into lines at LF, CR or CRLF (RFC 8493 section 2.2.4), holding one line at a time. A byte-order mark is
 * left out. Throws {@link TagTextError}.
 */
export async function* tagLines(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncIterable<TagLine> {
  let rest = ''
  let dropped = false
  let number = 0
  const needsMark = /^utf-?(16|32)/i.test(encoding.trim())
  const line = (text: string, terminated: boolean): TagLine => {
    const marked = ++number === 1 && text.startsWith('\ufeff')
    const unmarked = marked ? text.slice(1) : text
    const cut = dropped || unmarked.length > longestLine
    dropped = false
    return { text: unmarked.slice(0, longestLine), number, terminated, cut, marked: marked && !needsMark }
  }
  for await (const text of decoded(chunks, encoding)) {
    rest += text
    let from = 0
    for (const found of rest.matchAll(/\r\n?|\n/g)) {
      // A CR at the very end may be half of a CRLF: it waits for the next text.
      if (found[0] === '\r' && found.index === rest.length - 1) break
      yield line(rest.slice(from, found.index), true)
      from = found.index + found[0].length
    }
    rest = rest.slice(from)
    if (rest.length > longestLine + 1) {
      rest = rest.slice(0, longestLine + 1) + (rest.endsWith('\r') ? '\r' : '')
      dropped = true
    }
  }
  if (rest.endsWith('\r')) yield line(rest.slice(0, -1), true)
  else if (rest !== '') yield line(rest, false)
}

async function* decoded(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncIterable<string> {
  const label = encoding.trim().toLowerCase()
  let decode: ((chunk: Uint8Array, last: boolean) => string) | undefined
  const empty = new Uint8Array(0)
  let head: Uint8Array = empty
  for await (const chunk of chunks) {
    if (decode) {
      yield decode(chunk, false)
      continue
    }
    head = Buffer.concat([head, chunk])
    if (head.length < 2) continue
    decode = decoder(label, head)
    yield decode(head, false)
  }
  if (!decode) {
    decode = decoder(label, head)
    yield decode(head, false)
  }
  yield decode(empty, true)
}

/** Chooses by label as IANA means it: TextDecoder alone would read ISO-8859-1 and US-ASCII as windows-1252. */
function decoder(label: string, head: Uint8Array): (chunk: Uint8Array, last: boolean) => string {
  if (/^(iso-8859-1|iso_8859-1|latin1|l1)$/.test(label)) return chunk => Buffer.from(chunk).toString('latin1')
  if (/^(us-ascii|ascii)$/.test(label)) {
    return chunk => {
      if (chunk.some(byte => byte > 0x7f)) throw new TagTextError('undecodable-text', 'A byte is not US-ASCII.')
      return Buffer.from(chunk).toString('latin1')
    }
  }
  let name = label
  // RFC 2781 section 4.3: without a byte-order mark, UTF-16 is big-endian.
  if (label === 'utf-16') name = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : 'utf-16be'
  let text: TextDecoder
  try {
    text = new TextDecoder(name, { fatal: true, ignoreBOM: true })
  } catch {
    throw new TagTextError('unsupported-encoding', `Tag files in ${label} cannot be read here.`)
  }
  return (chunk, last) => {
    try {
      return text.decode(chunk, { stream: !last })
    } catch {
      throw new TagTextError('undecodable-text', `The bytes are not ${label}.`)
    }
  }
}
