/**
 * The beginning of a Markdown text: its paragraphs up to so many characters (UTF-16), or the words of a first one that is
 * longer.
 */
export function excerpt(markdown: string, most: number): { text: string; isCut: boolean } {
  if (markdown.length <= most) return { text: markdown, isCut: false }
  const [first = '', ...others] = markdown.split(/\n[^\S\n]*\n/)
  if (first.length > most) return { text: `${wordsOf(first, most)}…`, isCut: true }
  let text = first
  for (const one of others) {
    if (text.length + one.length > most) break
    text += `\n\n${one}`
  }
  return { text, isCut: true }
}

function wordsOf(paragraph: string, most: number): string {
  const cut = paragraph.slice(0, most)
  const end = cut.search(/\s\S*$/)
  return end > 0 ? cut.slice(0, end) : cut.replace(/[\ud800-\udbff]$/, '')
}
