import { type Block, readBlocks } from '@/formats/markdown/blocks'
import { type Piece, readInline } from '@/formats/markdown/inline'

/**
 * Markdown of a statement as plain text, for mail, SMS and alerts: links as "text (address)", items behind "- " or their number,
 * quotes behind "> ", an empty line between blocks. Lines are not wrapped. Time is linear in the text.
 */
export const markdownToText = (markdown: string): string => writeBlocks(readBlocks(markdown), '\n\n')

const writeBlocks = (blocks: Block[], between: string): string => blocks.map(writeBlock).join(between)

function writeBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return writeInline(block.text)
    case 'code':
      return block.text
    case 'quote':
      return behind('> ', '> ', writeBlocks(block.blocks, '\n\n'))
    case 'list':
      return block.items
        .map((blocks, index) => {
          const mark = block.start === null ? '- ' : `${block.start + index}. `
          return behind(mark, ' '.repeat(mark.length), writeBlocks(blocks, '\n'))
        })
        .join('\n')
  }
}

const behind = (first: string, other: string, text: string): string =>
  text
    .split('\n')
    .map((line, index) => ((index === 0 ? first : other) + line).trimEnd())
    .join('\n')

function writeInline(text: string): string {
  const written: string[] = []
  let linkFrom = 0
  for (const piece of readInline(text)) {
    if (piece.kind === 'open-link') linkFrom = written.length
    if (piece.kind === 'close-link') written.push(afterLink(written.slice(linkFrom).join(''), piece.address))
    else written.push(writePiece(piece))
  }
  return written.join('')
}

function writePiece(piece: Piece): string {
  switch (piece.kind) {
    case 'text':
    case 'code':
    case 'autolink':
      return piece.text
    case 'break':
      return '\n'
    default:
      return ''
  }
}

function afterLink(label: string, address: string): string {
  const bare = address.replace(/^(?:mailto|tel):/i, '')
  return label === address || label === bare ? '' : ` (${bare})`
}
