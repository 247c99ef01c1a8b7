import { Parser } from 'htmlparser2'

/** Nothing in them is for reading. */
const unread = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'math', 'object', 'iframe'])
const blocks = new Set(
  'address article aside body center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
)
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'blockquote', 'pre'])
/** How Outlook marks where the mail begins that is answered. */
const outlookMarks = /^(?:x_)?divRplyFwdMsg$|^mail-editor-reference-message-container$/
/** Deeper quotes than this read alike. */
const deepestQuote = 20
/** Elements within elements: the parser's own stack costs more the deeper it is. */
const deepest = 1_000

/** Elements within elements without end: it was not written to be read. */
export class HtmlTooDeep extends Error {
  constructor() {
    super('The HTML has elements within elements beyond what is read.')
    this.name = 'HtmlTooDeep'
  }
}

/**
 * What an HTML mail says, as text: blocks in lines of their own, quotes behind "> " (RFC 3676 section 4.5), the addresses of
 * links after their words. Nothing is run or fetched; scripts, styles and pictures are left out. Takes one pass over the text.
 * Throws {@link HtmlTooDeep}.
 */
export function htmlText(html: string): string {
  const lines: string[] = []
  const line = new Line()
  let [quoted, hidden, preserved, depth] = [0, 0, 0, 0]
  const links: { href: string; at: number; line: number }[] = []

  const breakLine = () => {
    lines.push(`${'> '.repeat(Math.min(quoted, deepestQuote))}${line.take().trimEnd()}`)
  }
  const endBlock = () => {
    if (line.isBlank) line.take()
    else breakLine()
  }
  const space = () => {
    endBlock()
    if (lines.length > 0 && !/^(?:> )*$/.test(lines.at(-1)!)) breakLine()
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (++depth > deepest) throw new HtmlTooDeep()
        if (unread.has(name)) hidden++
        if (hidden > 0) return
        if (name === 'br') return breakLine()
        if (blocks.has(name) || name === 'blockquote') endBlock()
        if (spaced.has(name)) space()
        if (name === 'li') line.add('- ')
        if (name === 'hr') line.add('________________________________')
        if (name === 'pre') preserved++
        if (name === 'a') links.push({ href: attributes.href ?? '', at: line.pieces, line: lines.length })
        if (outlookMarks.test(attributes.id ?? '')) {
          endBlock()
          lines.push('-----Original Message-----')
        }
        if (name === 'blockquote') quoted++
      },
      ontext(text) {
        if (hidden > 0) return
        if (preserved === 0) return line.add(text.replace(/[ \t\r\n\f]+/g, ' '))
        const [first = '', ...rest] = text.split('\n')
        line.addAsIs(first)
        for (const next of rest) {
          breakLine()
          line.addAsIs(next)
        }
      },
      onclosetag(name) {
        depth--
        if (unread.has(name)) hidden = Math.max(0, hidden - 1)
        if (hidden > 0 || unread.has(name)) return
        if (name === 'a') closeLink()
        if (name === 'pre') preserved = Math.max(0, preserved - 1)
        if (name === 'td' || name === 'th') line.add(' ')
        if (blocks.has(name) || name === 'blockquote') endBlock()
        if (name === 'blockquote') quoted = Math.max(0, quoted - 1)
        if (spaced.has(name)) space()
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  )

  function closeLink(): void {
    const link = links.pop()
    if (!link || !/^(?:https?|mailto|tel):/i.test(link.href)) return
    const words = link.line === lines.length ? line.since(link.at).trim() : ''
    const bare = link.href.replace(/^(?:mailto|tel):/i, '')
    if (words !== '' && words !== link.href && words !== bare) line.add(` <${bare}>`)
  }

  parser.write(html)
  parser.end()
  endBlock()
  return lines
    .join('\n')
    .replace(/\u00a0/g, ' ')
    .trim()
}

/** A line in pieces: to look at the end of a string that grows would be to build it each time. */
class Line {
  private parts: string[] = []
  private endsBlank = true
  isBlank = true

  get pieces(): number {
    return this.parts.length
  }

  /** With no blank behind another, nor at the beginning. */
  add(text: string): void {
    const next = this.endsBlank ? text.trimStart() : text
    if (next !== '') this.addAsIs(next)
  }

  addAsIs(text: string): void {
    this.parts.push(text)
    if (text === '') return
    this.endsBlank = text.endsWith(' ')
    if (this.isBlank) this.isBlank = text.trim() === ''
  }

  since(piece: number): string {
    return this.parts.slice(piece).join('')
  }

  /** The whole of it; it is empty from here on. */
  take(): string {
    const whole = this.parts.join('')
    this.parts = []
    this.endsBlank = true
    this.isBlank = true
    return whole
  }
}
