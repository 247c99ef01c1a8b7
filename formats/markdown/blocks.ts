/** What a text is made of. `text` still holds the marks inside a line. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'heading'; level: 3 | 4; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'list'; start: number | null; items: Block[][] }

type ListBlock = Extract<Block, { kind: 'list' }>
type Read<B extends Block = Block> = { block: B; next: number }

/** Deeper quotes and lists are text: what nests costs a pass over its lines for each level. */
const deepest = 8

const fence = /^ {0,3}(`{3,}|~{3,})[^`]*$/
const heading = /^ {0,3}(#{1,6})(?:[ \t]+|$)/
const quote = /^ {0,3}> ?/
const item = /^ {0,3}(?:[-*+]|(\d{1,9})[.)])(?: {1,4}|\t|$)/

/**
 * The blocks of a text: paragraphs, headings, fenced code, quotes and lists as CommonMark 0.31 has them, without
 * indented code, rules, underlined headings and HTML, which stay text. Time is linear in the text.
 */
export function readBlocks(markdown: string): Block[] {
  return readLines(
    markdown.split(/\r\n|[\n\r]/).map(line => expandIndent(line)),
    0,
  )
}

function readLines(lines: string[], depth: number): Block[] {
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at]!
    if (isBlank(line)) {
      at++
      continue
    }
    const read =
      readCode(lines, at) ??
      readHeading(line, at) ??
      (depth < deepest ? (readQuote(lines, at, depth) ?? readList(lines, at, depth)) : null) ??
      readParagraph(lines, at, depth)
    blocks.push(read.block)
    at = read.next
  }
  return blocks
}

function readCode(lines: string[], at: number): Read | null {
  const mark = fence.exec(lines[at]!)?.[1]
  if (mark === undefined) return null
  const isEnd = (line: string): boolean => {
    const trimmed = line.trim()
    return trimmed.length >= mark.length && trimmed === mark[0]!.repeat(trimmed.length)
  }
  let next = at + 1
  while (next < lines.length && !isEnd(lines[next]!)) next++
  return { block: { kind: 'code', text: lines.slice(at + 1, next).join('\n') }, next: next + 1 }
}

function readHeading(line: string, at: number): Read | null {
  const match = heading.exec(line)
  if (!match) return null
  const words = line.slice(match[0].length).trimEnd()
  const closing = words.length - withoutHashes(words).length
  const isClosed = closing > 0 && (closing === words.length || /\s/.test(words[words.length - closing - 1]!))
  const text = (isClosed ? withoutHashes(words) : words).trim()
  return { block: { kind: 'heading', level: match[1]!.length === 1 ? 3 : 4, text }, next: at + 1 }
}

function withoutHashes(words: string): string {
  let end = words.length
  while (words[end - 1] === '#') end--
  return words.slice(0, end)
}

function readQuote(lines: string[], at: number, depth: number): Read | null {
  let next = at
  while (next < lines.length && quote.test(lines[next]!)) next++
  if (next === at) return null
  const inside = lines.slice(at, next).map(line => expandIndent(line.replace(quote, '')))
  return { block: { kind: 'quote', blocks: readLines(inside, depth + 1) }, next }
}

function readList(lines: string[], at: number, depth: number): Read<ListBlock> | null {
  const first = item.exec(lines[at]!)
  if (!first) return null
  const isOrdered = first[1] !== undefined
  const list: ListBlock = { kind: 'list', start: isOrdered ? Number(first[1]) : null, items: [] }
  let next = at
  while (next < lines.length) {
    const match = item.exec(lines[next]!)
    if (!match || (match[1] !== undefined) !== isOrdered) break
    const read = readItem(lines, next, match[0], depth)
    list.items.push(read.blocks)
    next = read.next
  }
  return { block: list, next }
}

/** An item goes on over lines that are indented as far as its text, and over the rest of its last paragraph. */
function readItem(lines: string[], at: number, mark: string, depth: number): { blocks: Block[]; next: number } {
  const width = mark.length + (/\s$/.test(mark) ? 0 : 1)
  const inside = [expandIndent(lines[at]!.slice(mark.length))]
  let next = at + 1
  let blanks = 0
  for (; next < lines.length; next++) {
    const line = lines[next]!
    if (isBlank(line)) {
      blanks++
      continue
    }
    const belongs = indentOf(line) >= width || (blanks === 0 && !interrupts(line, depth) && !item.test(line))
    if (!belongs) break
    while (blanks > 0) {
      inside.push('')
      blanks--
    }
    inside.push(line.slice(Math.min(indentOf(line), width)))
  }
  return { blocks: readLines(inside, depth + 1), next }
}

function readParagraph(lines: string[], at: number, depth: number): Read {
  let next = at + 1
  while (next < lines.length && !isBlank(lines[next]!) && !interrupts(lines[next]!, depth)) next++
  const text = lines
    .slice(at, next)
    .map(line => line.trim())
    .join('\n')
  return { block: { kind: 'paragraph', text }, next }
}

/** Whether a line begins something of its own amid a paragraph: of numbers only 1 does, so that a year does not. */
function interrupts(line: string, depth: number): boolean {
  if (fence.test(line) || heading.test(line)) return true
  if (depth >= deepest) return false
  if (quote.test(line)) return true
  const match = item.exec(line)
  return match !== null && match[0].length < line.length && (match[1] === undefined || match[1] === '1')
}

const isBlank = (line: string): boolean => line.trim() === ''

function indentOf(line: string): number {
  let indent = 0
  while (line[indent] === ' ') indent++
  return indent
}

/** Tabs before the text as spaces up to the next stop of four. */
function expandIndent(line: string): string {
  if (!/^ *\t/.test(line)) return line
  let width = 0
  let at = 0
  for (; line[at] === ' ' || line[at] === '\t'; at++) width += line[at] === '\t' ? 4 - (width % 4) : 1
  return ' '.repeat(width) + line.slice(at)
}
