import { type EmphasisRun, emphasisRun, pairsWith } from '@/formats/markdown/emphasis-run'
import { safeAutolink, safeLink } from '@/formats/markdown/safe-link'

type Mark = 'em' | 'strong'

/** A text's parts in order. What opens always closes, in the right order; links hold no links. */
export type Piece =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'open' | 'close'; mark: Mark }
  | { kind: 'open-link' | 'close-link'; address: string }
  | { kind: 'autolink'; text: string; address: string }

/** Something that may yet turn out to open: until then its pieces are text. */
interface Opener {
  sign: '*' | '_' | '[' | '!['
  /** Of the first sign in the list; each further one is the next. */
  piece: number
  /** Signs not used yet, the innermost last. */
  left: number
  run: EmphasisRun
}

/** The oldest beyond this are text: every closing sign looks through all that are open. */
const mostOpen = 20

const escaped = /\\([!-/:-@[-`{-~])/y
const codeMark = /`+/y
const autolink = /<([^\s<>]{1,2000})>/y
const bareAddress = /https?:\/\/[^\s<>"'`\\^{|}[\]]{1,2000}/y
const target =
  /\((?:<([^\n<>]{0,2000})>|([^\s<>()]{0,2000}(?:\([^\s<>()]{0,500}\)[^\s<>()]{0,500}){0,3}))(?:[ \n]"[^"]{0,300}")?\)/y
const emphasisMark = /\*+|_+/y
const plain = /[^\\`<*_[\]!\nh]+/y
const wordSign = /[\p{L}\p{N}]/u

/**
 * The marks inside a paragraph: emphasis, links, code and escapes as CommonMark 0.31 has them where people use them, bare
 * addresses as links, and every line end a break. HTML, entities, and links to anything but the web, mail and telephones
 * are text. Time is linear in the text.
 */
export function readInline(text: string): Piece[] {
  return new InlineReader(text).read()
}

const bracket: EmphasisRun = { length: 1, mayOpen: true, mayClose: false }

class InlineReader {
  private readonly pieces: Piece[] = []
  private readonly openers: Opener[] = []
  private readonly codeMarks: Map<number, number[]>
  private at = 0

  constructor(private readonly text: string) {
    this.codeMarks = codeMarksOf(text)
  }

  read(): Piece[] {
    while (this.at < this.text.length) {
      const isRead =
        this.readPlain() ||
        this.readEscape() ||
        this.readCode() ||
        this.readAutolink() ||
        this.readEmphasis() ||
        this.readBracket()
      if (!isRead) this.say(this.text[this.at]!, 1)
    }
    return this.pieces
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at
    return pattern.exec(this.text)
  }

  private say(text: string, length: number): true {
    this.pieces.push({ kind: 'text', text })
    this.at += length
    return true
  }

  private readPlain(): boolean {
    if (this.text[this.at] === '\n') {
      this.pieces.push({ kind: 'break' })
      this.at++
      return true
    }
    const match = this.match(plain)
    return match !== null && this.say(match[0], match[0].length)
  }

  private readEscape(): boolean {
    const match = this.match(escaped)
    return match !== null && this.say(match[1]!, 2)
  }

  private readCode(): boolean {
    const length = this.match(codeMark)?.[0].length
    if (length === undefined) return false
    const from = this.at + length
    const ends = this.codeMarks.get(length) ?? []
    while (ends.length > 0 && ends.at(-1)! < from) ends.pop()
    const end = ends.at(-1)
    if (end === undefined) return this.say('`'.repeat(length), length)
    const inside = this.text.slice(from, end).replaceAll('\n', ' ')
    const isPadded = inside.startsWith(' ') && inside.endsWith(' ') && inside.trim() !== ''
    this.pieces.push({ kind: 'code', text: isPadded ? inside.slice(1, -1) : inside })
    this.at = end + length
    return true
  }

  private readAutolink(): boolean {
    const inside = this.match(autolink)?.[1]
    const address = inside === undefined ? null : safeAutolink(inside)
    if (inside !== undefined && address !== null) {
      this.pieces.push({ kind: 'autolink', text: inside, address })
      this.at += inside.length + 2
      return true
    }
    if (wordSign.test(this.text[this.at - 1] ?? '')) return false
    const bare = withoutTrailingSigns(this.match(bareAddress)?.[0] ?? '')
    if (bare === '') return false
    const safe = safeLink(bare)
    if (safe === null) return this.say(bare, bare.length)
    this.pieces.push({ kind: 'autolink', text: bare, address: safe })
    this.at += bare.length
    return true
  }

  /** Signs close what is open before they open anything. More than three in a row are text. */
  private readEmphasis(): boolean {
    const signs = this.match(emphasisMark)?.[0]
    if (signs === undefined) return false
    if (signs.length > 3) return this.say(signs, signs.length)
    const run = emphasisRun(this.text, this.at, signs)
    const sign = signs[0] as '*' | '_'
    let left = signs.length
    while (left > 0 && run.mayClose) {
      const open = this.openers.findLastIndex(opener => opener.sign === sign && pairsWith(opener.run, run))
      if (open === -1) break
      left -= this.close(open, left)
    }
    if (left > 0 && run.mayOpen) this.open({ sign, piece: this.pieces.length, left, run })
    for (let at = 0; at < left; at++) this.pieces.push({ kind: 'text', text: sign })
    this.at += signs.length
    return true
  }

  private open(opener: Opener): void {
    if (this.openers.length === mostOpen) this.openers.shift()
    this.openers.push(opener)
  }

  /** Closes an emphasis, forgets what was opened inside, and says how many signs that took. */
  private close(open: number, left: number): number {
    const opener = this.openers[open]!
    const length = opener.left >= 2 && left >= 2 ? 2 : 1
    const mark = length === 2 ? 'strong' : 'em'
    opener.left -= length
    this.pieces[opener.piece + opener.left] = { kind: 'open', mark }
    if (length === 2) this.pieces[opener.piece + opener.left + 1] = { kind: 'text', text: '' }
    this.pieces.push({ kind: 'close', mark })
    this.openers.length = opener.left === 0 ? open : open + 1
    return length
  }

  private readBracket(): boolean {
    const sign = this.text.startsWith('![', this.at) ? '![' : this.text[this.at]
    if (sign === '[' || sign === '![') {
      this.open({ sign, piece: this.pieces.length, left: 1, run: bracket })
      return this.say(sign, sign.length)
    }
    if (sign !== ']') return false
    const open = this.openers.findLastIndex(opener => opener.sign.endsWith('['))
    if (open === -1) return false
    const opener = this.openers[open]!
    this.at++
    const match = this.match(target)
    const address = safeLink(match?.[1] ?? match?.[2] ?? '')
    if (match === null || address === null) {
      this.openers.splice(open, 1)
      this.pieces.push({ kind: 'text', text: ']' })
      return true
    }
    this.openers.length = open
    this.at += match[0].length
    this.link(opener, address)
    return true
  }

  /** A picture leaves its words. Around a link nothing else can become one, and nothing inside it stays one. */
  private link({ sign, piece }: Opener, address: string): void {
    if (sign === '![') {
      this.pieces[piece] = { kind: 'text', text: '' }
      return
    }
    for (let at = piece + 1; at < this.pieces.length; at++) {
      const inside = this.pieces[at]!
      if (inside.kind === 'autolink') this.pieces[at] = { kind: 'text', text: inside.text }
    }
    this.pieces[piece] = { kind: 'open-link', address }
    this.pieces.push({ kind: 'close-link', address })
    for (let at = this.openers.length - 1; at >= 0; at--) {
      if (this.openers[at]!.sign === '[') this.openers.splice(at, 1)
    }
  }
}

/** Where each run of backticks begins, by its length, the last first. */
function codeMarksOf(text: string): Map<number, number[]> {
  const marks = new Map<number, number[]>()
  for (const { 0: run, index } of text.matchAll(/`+/g)) {
    const known = marks.get(run.length)
    if (known) known.push(index)
    else marks.set(run.length, [index])
  }
  for (const positions of marks.values()) positions.reverse()
  return marks
}

/** A sentence's end does not belong to the address in it, nor a bracket that opened before it. */
function withoutTrailingSigns(address: string): string {
  let end = address.length
  const opened = address.includes('(')
  while (end > 0 && (/[.,;:!?*_»”’…]/.test(address[end - 1]!) || (address[end - 1] === ')' && !opened))) end--
  return address.slice(0, end)
}
