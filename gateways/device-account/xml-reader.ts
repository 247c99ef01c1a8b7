/** What a reader tells of a document as it comes. Names are in Clark notation, attributes by their local name. */
export interface XmlEvents {
  open(name: string, attributes: Record<string, string>): void
  text(text: string): void
  close(): void
  /** A fault within text that leaves the structure readable: a character or an entity that XML does not know. */
  taint(): void
}

export class XmlBroken extends Error {}

/** What prefixes mean within an element. */
interface Scope {
  namespaces: Map<string, string>
  /** Names as written, to Clark notation: a few names make up the whole of an answer. */
  names: Map<string, string>
}

interface OpenTag {
  /** As written, to be compared with its end tag. */
  raw: string
  scope: Scope
}

const outermost = (): Scope => ({ namespaces: new Map([['xml', xmlNamespace]]), names: new Map() })
const noAttributes: Record<string, string> = Object.freeze({})

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const named = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])
const maxTag = 1024 * 1024
const maxKnownNames = 500
const nameForm = /^[\p{L}_:][\p{L}\p{N}\p{M}_:.·-]*$/u
// XML 1.0 section 2.2: what may not stand in a document at all.
const disallowed = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/

/**
 * Reads XML 1.0 with namespaces as text arrives in pieces, by jumping from one "<" to the next: servers answer with a megabyte
 * for a hundred records, nearly all of it plain text. Knows no document types, so no entity can expand. Throws {@link XmlBroken}.
 */
export class XmlReader {
  private rest = ''
  private readonly tags: OpenTag[] = []
  private begun = false
  private ended = false
  private endsWithCr = false

  constructor(private readonly events: XmlEvents) {}

  write(piece: string): void {
    const input = this.rest === '' ? piece : this.rest + piece
    let at = 0
    for (;;) {
      const tag = input.indexOf('<', at)
      if (tag === -1) {
        at = this.takeText(input, at, input.length)
        break
      }
      if (tag > at) this.text(input.slice(at, tag))
      const end = this.endOfMarkup(input, tag)
      if (end === -1) {
        at = tag
        break
      }
      this.markup(input, tag, end)
      at = end
    }
    this.rest = at === 0 ? input : input.slice(at)
    if (this.rest.length > maxTag && !this.rest.startsWith('<![CDATA[')) throw new XmlBroken('a tag has no end')
  }

  end(): void {
    if (this.rest.trim() !== '' || this.tags.length > 0 || !this.begun) throw new XmlBroken('it ends too early')
  }

  /** Text so far; an entity that has not all arrived is left for the next piece. */
  private takeText(input: string, from: number, to: number): number {
    const amp = input.lastIndexOf('&')
    const whole = amp >= from && !input.includes(';', amp) && to - amp < 64 ? amp : to
    if (whole > from) this.text(input.slice(from, whole))
    return whole
  }

  private text(raw: string): void {
    if (this.tags.length === 0) {
      if (raw.replace('\ufeff', '').trim() !== '') throw new XmlBroken('text stands outside the root')
      return
    }
    const folded = this.foldLineEnds(raw)
    if (folded !== '') this.events.text(this.unescape(folded))
  }

  /** XML 1.0 section 2.11: a line ends with LF, whatever was written; a CR LF may be cut by the end of a piece. */
  private foldLineEnds(raw: string): string {
    const text = this.endsWithCr && raw.startsWith('\n') ? raw.slice(1) : raw
    this.endsWithCr = raw.endsWith('\r')
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  }

  private unescape(raw: string): string {
    if (disallowed.test(raw) || raw.includes(']]>')) this.events.taint()
    // The end of every line of every record is written so.
    const text = raw.includes('&#13;') ? raw.replaceAll('&#13;', '\r') : raw
    return text.includes('&') ? text.replace(/&([^;&\s]*);|&/g, (whole, entity) => this.entity(whole, entity)) : text
  }

  private entity(whole: string, entity: string | undefined): string {
    if (entity !== undefined) {
      const known = named.get(entity)
      if (known !== undefined) return known
      const code = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(entity)
      const point = code ? Number.parseInt(code[1] ?? code[2]!, code[1] ? 16 : 10) : Number.NaN
      if (point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)) {
        const character = String.fromCodePoint(point)
        if (!disallowed.test(character)) return character
      }
    }
    this.events.taint()
    return whole
  }

  /** Where the markup that begins at `from` ends, or -1 where it has not all arrived. */
  private endOfMarkup(input: string, from: number): number {
    const second = input.charCodeAt(from + 1)
    if (second === 0x21) {
      if ('<!--'.startsWith(input.slice(from, from + 4)) || input.startsWith('<!--', from))
        return after(input, '-->', from + 4)
      if ('<![CDATA['.startsWith(input.slice(from, from + 9)) || input.startsWith('<![CDATA[', from))
        return after(input, ']]>', from + 9)
      throw new XmlBroken('it declares a document type')
    }
    if (second === 0x3f) return after(input, '?>', from + 2)
    const end = input.indexOf('>', from)
    if (end === -1) return -1
    for (let i = from + 1; i < end; i++) {
      const code = input.charCodeAt(i)
      if (code === 0x22 || code === 0x27) return endOfTag(input, i)
    }
    return end + 1
  }

  private markup(input: string, from: number, to: number): void {
    // What stands between, even a comment, parts a CR from an LF.
    this.endsWithCr = false
    const second = input.charCodeAt(from + 1)
    if (second === 0x2f) this.closeTag(input.slice(from + 2, to - 1))
    else if (input.startsWith('<![CDATA[', from)) this.cdata(input.slice(from + 9, to - 3))
    else if (second !== 0x21 && second !== 0x3f) this.openTag(input.slice(from + 1, to - 1))
  }

  private cdata(text: string): void {
    if (this.tags.length === 0) throw new XmlBroken('text stands outside the root')
    if (disallowed.test(text)) this.events.taint()
    this.events.text(text.replace(/\r\n?/g, '\n'))
  }

  private openTag(inside: string): void {
    if (this.ended) throw new XmlBroken('it has two roots')
    this.begun = true
    const outer = this.tags.at(-1)?.scope ?? outermost()
    const known = outer.names.get(inside)
    if (known !== undefined) {
      this.tags.push({ raw: inside, scope: outer })
      this.events.open(known, noAttributes)
      return
    }
    const empty = inside.endsWith('/')
    const words = empty ? inside.slice(0, -1) : inside
    const space = words.search(/\s/)
    const raw = space === -1 ? words : words.slice(0, space)
    if (!nameForm.test(raw)) throw new XmlBroken('a tag has no name')
    const { scope, attributes } =
      space === -1 ? { scope: outer, attributes: noAttributes } : this.attributes(words.slice(space), outer)
    const name = this.clark(raw, scope.namespaces)
    if (scope.names.size < maxKnownNames) scope.names.set(raw, name)
    this.tags.push({ raw, scope })
    this.events.open(name, attributes)
    if (empty) this.closeTag(raw)
  }

  private closeTag(inside: string): void {
    const raw = this.tags.pop()?.raw
    if (raw !== inside && raw !== inside.trimEnd()) throw new XmlBroken('an end tag does not match')
    if (this.tags.length === 0) this.ended = true
    this.events.close()
  }

  private attributes(words: string, outer: Scope) {
    let scope = outer
    const attributes: Record<string, string> = {}
    let read = 0
    for (const match of words.matchAll(/\s+([^\s=]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gy)) {
      const name = match[1]!
      const value = this.unescape((match[2] ?? match[3]!).replace(/[\t\r\n]/g, ' '))
      read += match[0].length
      if (!nameForm.test(name)) throw new XmlBroken('an attribute has no name')
      if (name === 'xmlns' || name.startsWith('xmlns:')) {
        if (scope === outer) scope = { namespaces: new Map(outer.namespaces), names: new Map() }
        scope.namespaces.set(name.slice(6), value)
      } else attributes[name.slice(name.indexOf(':') + 1)] = value
    }
    if (words.slice(read).trim() !== '') throw new XmlBroken('an attribute cannot be read')
    return { scope, attributes }
  }

  private clark(raw: string, namespaces: Map<string, string>): string {
    const colon = raw.indexOf(':')
    const prefix = colon === -1 ? '' : raw.slice(0, colon)
    const uri = namespaces.get(prefix)
    if (uri === undefined && prefix !== '') throw new XmlBroken(`the prefix ${prefix} is not declared`)
    return `{${uri ?? ''}}${raw.slice(colon + 1)}`
  }
}

const after = (input: string, mark: string, from: number): number => {
  const at = input.indexOf(mark, from)
  return at === -1 ? -1 : at + mark.length
}

/** A ">" within quotes does not end a tag. */
function endOfTag(input: string, from: number): number {
  let quote = 0
  for (let i = from; i < input.length; i++) {
    const code = input.charCodeAt(i)
    if (quote !== 0) {
      if (code === quote) quote = 0
    } else if (code === 0x22 || code === 0x27) quote = code
    else if (code === 0x3e) return i + 1
  }
  return -1
}
