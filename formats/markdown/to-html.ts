import sanitizeHtml from 'sanitize-html'
import { type Block, readBlocks } from '@/formats/markdown/blocks'
import { type Piece, readInline } from '@/formats/markdown/inline'

/** Everything that is ever written. */
const allowedTags = ['p', 'br', 'strong', 'em', 'ul', 'ol', 'li', 'a', 'code', 'pre', 'blockquote', 'h3', 'h4']
const allowedAttributes = { a: ['href', 'rel'], ol: ['start'] }

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * Markdown of a statement as HTML: paragraphs, breaks, emphasis, lists, links, code, quotes, headings as h3 and h4. HTML in the
 * source is shown as text; pictures leave their words. Any text gives valid HTML, in time linear in its length.
 */
export function markdownToHtml(markdown: string): string {
  // Written safe already: a second look by other people's eyes, should the writing ever be wrong.
  return sanitizeHtml(writeBlocks(readBlocks(markdown)), {
    allowedTags,
    allowedAttributes,
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    disallowedTagsMode: 'escape',
  })
}

/** How much HTML a text becomes, in octets of UTF-8: a text of "<" becomes four times as much. */
export const htmlOctets = (markdown: string): number =>
  new TextEncoder().encode(writeBlocks(readBlocks(markdown))).length

const writeBlocks = (blocks: Block[]): string => blocks.map(writeBlock).join('\n')

function writeBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${writeInline(block.text)}</p>`
    case 'heading':
      return `<h${block.level}>${writeInline(block.text)}</h${block.level}>`
    case 'code':
      return `<pre><code>${escapeHtml(block.text)}</code></pre>`
    case 'quote':
      return `<blockquote>${writeBlocks(block.blocks)}</blockquote>`
    case 'list': {
      const items = block.items.map(blocks => `<li>${writeItem(blocks)}</li>`).join('')
      if (block.start === null) return `<ul>${items}</ul>`
      return `<ol${block.start === 1 ? '' : ` start="${block.start}"`}>${items}</ol>`
    }
  }
}

/** One paragraph in an item needs no paragraph of its own. */
function writeItem(blocks: Block[]): string {
  const isTight = blocks.filter(({ kind }) => kind === 'paragraph').length === 1
  return blocks
    .map(block => (isTight && block.kind === 'paragraph' ? writeInline(block.text) : writeBlock(block)))
    .join('')
}

const writeInline = (text: string): string => readInline(text).map(writePiece).join('')

function writePiece(piece: Piece): string {
  switch (piece.kind) {
    case 'text':
      return escapeHtml(piece.text)
    case 'code':
      return `<code>${escapeHtml(piece.text)}</code>`
    case 'break':
      return '<br>'
    case 'open':
      return `<${piece.mark}>`
    case 'close':
      return `</${piece.mark}>`
    case 'open-link':
      return startLink(piece.address)
    case 'close-link':
      return '</a>'
    case 'autolink':
      return `${startLink(piece.address)}${escapeHtml(piece.text)}</a>`
  }
}

const startLink = (address: string): string => `<a href="${escapeHtml(address)}" rel="nofollow noopener">`

const escapeHtml = (text: string): string => text.replace(/\0/g, '\ufffd').replace(/[&<>"]/g, sign => entities[sign]!)
