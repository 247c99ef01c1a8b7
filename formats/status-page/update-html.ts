import type { FeedWords } from '@/formats/status-page/feed-words'
import type { UpdateContent } from '@/formats/status-page/page-content'
import { escapeXmlText } from '@/formats/xml/xml-text'

/**
 * The updates as HTML, the newest first, one paragraph each: readers take the first `<strong>` for the state and a paragraph
 * for an update.
 */
export const updatesHtml = (updates: UpdateContent[], words: FeedWords): string =>
  updates
    .map(update => {
      const about = aboutUpdate(update, words).map(one => `<small>${escapeXmlText(one)}</small><br>`)
      const status = escapeXmlText(words.statuses[update.status])
      return `<p>${about.join('')}<strong>${status}</strong> - ${inOneParagraph(update.bodyHtml)}</p>`
    })
    .join('')

/** When it was said; and where it was said afterwards, or of another update, that too. */
const aboutUpdate = ({ displayAt, createdAt, backfilled, corrects }: UpdateContent, words: FeedWords): string[] => [
  words.date(displayAt),
  ...(backfilled ? [words.backfilled(createdAt)] : []),
  ...(corrects === null ? [] : [words.corrects(corrects)]),
]

const blockEnd = /<\/(?:p|h[34]|pre|blockquote|ul|ol)>/g
const blockStart = /<(?:p|h[34]|pre|blockquote|ul|ol)(?: [^>]*)?>/g

/** A paragraph holds no blocks: they become lines, items of lists with a dot. Takes what `markdownToHtml` writes. */
function inOneParagraph(html: string): string {
  return html
    .replace(/<pre>[\s\S]*?<\/pre>/g, code => code.replaceAll('\n', '<br>'))
    .replaceAll('\n', '')
    .replace(blockEnd, '<br><br>')
    .replace(/<li>(?:<p>)?/g, '<br>• ')
    .replace(blockStart, '<br><br>')
    .replace(/<\/li>/g, '')
    .replace(/<br ?\/?>/g, '<br>')
    .replace(/(?:<br>){3,}/g, '<br><br>')
    .replace(/<br><br>(?=• )/g, '<br>')
    .replace(/^(?:<br>)+|(?:<br>)+$/g, '')
}
