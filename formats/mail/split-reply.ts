/** What somebody wrote, and the quotes and the signature around it. Every line of the text is in one of the two, in its order. */
export interface SplitReply {
  said: string
  trimmed: string
}

const quotedLine = /^\s{0,3}[>|]/
/** How the line ends that names a quote's author: "On …, … wrote:", "Le …, … a écrit :", and so on in other languages. */
const attribution =
  /(?:^|\s)(?:wrote|a écrit|escribió|ha scritto|escreveu)\s{0,2}:\s*$|^\s{0,3}(?:am|op)\s.{0,200}\s(?:schrieb|schreef)\s[^:]{0,200}:\s*$/i
const colonEnd = /:\s*$/
/** Programs name the day and the sender; a person who tells of somebody's words does not. */
const namesSender = /[^\s@]@[^\s@]/
const namesMoment = /\d{1,2}\s?[:h]\s?\d{2}|\b(?:19|20)\d{2}\b/
const original =
  /^\s{0,3}(?:-{2,}\s*(?:original message|message d['’]origine|message original|message transféré|forwarded message|ursprüngliche nachricht|mensaje original)\s*-{2,}|begin forwarded message:|début du message (?:réexpédié|transféré) ?:)\s*$/i
const headerLine =
  /^\s{0,3}\*?(?:from|sent|date|to|cc|subject|de|envoyé|envoyé le|à|objet|von|gesendet|an|betreff)\s?:\*?(?:\s|$)/i
const headerBegin = /^\s{0,3}\*?(?:from|de|von)\s?:\*?\s/i
const rule = /^\s{0,3}_{20,}\s*$/
const signature = /^-- ?$/
const sentFrom = /^\s{0,3}(?:sent from my |get outlook for |envoyé de(?:puis)? m(?:on|a) |télécharger outlook pour )/i
/** RFC 3676 section 4.3 knows no length; more than this is no signature any more. */
const longestSignature = 20
const longestHeader = 10

/**
 * Divides a reply into what is new and what its program put around it: quotes below or above, the line that names their
 * author, Outlook's copied header, and a signature after "-- ". Where somebody answered between the lines of a quote, the
 * quote stays. Where nothing would be left, everything is theirs.
 */
export function splitReply(text: string): SplitReply {
  const lines = text.replace(/\r\n?/g, '\n').split('\n')
  const trimmed = new Array<boolean>(lines.length).fill(false)
  const mark = (from: number, to: number) => trimmed.fill(true, from, to)

  let end = copiedFrom(lines)
  mark(end, lines.length)
  end = lastLine(lines, end)
  end = cutQuoteBelow(lines, end, mark)
  end = cutSignature(lines, end, mark)
  // A signature may stand above the quote that was cut, or below one that was not.
  end = cutQuoteBelow(lines, end, mark)
  cutQuoteAbove(lines, end, mark)

  const said = joined(lines, trimmed, false)
  return said === '' ? { said: text.trim(), trimmed: '' } : { said, trimmed: joined(lines, trimmed, true) }
}

const isBlank = (line: string | undefined): boolean => line === undefined || line.trim() === ''

/** The number of lines up to the last one that says something. */
function lastLine(lines: string[], end: number): number {
  let last = end
  while (last > 0 && isBlank(lines[last - 1])) last--
  return last
}

/** Where the copy of an earlier mail begins that no ">" marks. */
function copiedFrom(lines: string[]): number {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (original.test(line)) return at
    if (headerBegin.test(line) && isCopiedHeader(lines, at)) return isRuleAbove(lines, at) ? ruleAbove(lines, at) : at
    const length = attributionAt(lines, at)
    if (length === 0) continue
    const next = firstFilled(lines, at + length)
    if (next < lines.length && quotedLine.test(lines[next]!)) continue
    const whole = lines.slice(at, at + length).join(' ')
    if (namesSender.test(whole) && namesMoment.test(whole)) return at
  }
  return lines.length
}

function firstFilled(lines: string[], from: number): number {
  let at = from
  while (at < lines.length && isBlank(lines[at])) at++
  return at
}

/** At least three of Outlook's lines within the first ten, one behind the other. */
function isCopiedHeader(lines: string[], from: number): boolean {
  let known = 0
  for (let at = from; at < lines.length && at < from + longestHeader && !isBlank(lines[at]); at++)
    if (headerLine.test(lines[at]!)) known++
  return known >= 3
}

const ruleAbove = (lines: string[], at: number): number => lastLine(lines, at) - 1
const isRuleAbove = (lines: string[], at: number): boolean => rule.test(lines[ruleAbove(lines, at)] ?? '')

/** How many lines, of at most three, are the one that names a quote's author; 0: none. */
function attributionAt(lines: string[], at: number): number {
  let whole = ''
  for (let length = 1; length <= 3; length++) {
    const line = lines[at + length - 1]
    if (isBlank(line) || line!.length > 500 || quotedLine.test(line!)) return 0
    whole = whole === '' ? line! : `${whole} ${line}`
    if (colonEnd.test(line!) && attribution.test(whole)) return length
  }
  return 0
}

type Mark = (from: number, to: number) => void

/** The quote that everything ends with, and the line above it that names its author. */
function cutQuoteBelow(lines: string[], end: number, mark: Mark): number {
  let from = end
  while (from > 0 && (isBlank(lines[from - 1]) || quotedLine.test(lines[from - 1]!))) from--
  const quote = firstFilled(lines, from)
  if (quote >= end) return end
  let begin = from
  for (const length of [1, 2, 3])
    if (from >= length && attributionAt(lines, from - length) === length) begin = from - length
  mark(begin, end)
  return lastLine(lines, begin)
}

function cutSignature(lines: string[], end: number, mark: Mark): number {
  for (let at = end - 1; at >= 0 && at >= end - longestSignature; at--) {
    if (!signature.test(lines[at]!)) continue
    mark(at, end)
    return lastLine(lines, at)
  }
  if (end > 0 && sentFrom.test(lines[end - 1]!)) {
    mark(end - 1, end)
    return lastLine(lines, end - 1)
  }
  return end
}

/** The quote that everything begins with, where what was written stands below it and nothing between its lines. */
function cutQuoteAbove(lines: string[], end: number, mark: Mark): void {
  const first = firstFilled(lines, 0)
  const quote = firstFilled(lines, first + attributionAt(lines, first))
  let after = quote
  while (after < end && (isBlank(lines[after]) || quotedLine.test(lines[after]!))) after++
  if (after === quote || after >= end) return
  const hasMore = lines.slice(after, end).some(line => quotedLine.test(line))
  if (!hasMore) mark(0, after)
}

function joined(lines: string[], trimmed: boolean[], which: boolean): string {
  const kept = lines.filter((_, at) => trimmed[at] === which)
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd()
}
