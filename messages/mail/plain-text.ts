import type { Block, MailContent } from '@/messages/mail/content'

/** The mail as plain text, for programs and people that prefer it: paragraphs unwrapped, addresses on lines of their own. */
export function plainText({ greeting, heading, blocks, footer }: MailContent): string {
  const parts = [greeting, `${heading}\n${'='.repeat([...heading].length)}`, ...blocks.map(plainBlock)]
  const links = (footer.links ?? []).flatMap(({ label, url }) => [label, url])
  const end = ['-- ', ...footer.lines, footer.help.label, footer.help.url, ...links]
  return `${parts.join('\n\n')}\n\n${end.join('\n')}\n`
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text
    case 'aside':
      return block.url ? `${block.text}\n${block.url}` : block.text
    case 'heading':
      return `${block.text}\n${'-'.repeat([...block.text].length)}`
    case 'list':
      return block.items.map((item, at) => `${block.ordered ? `${at + 1}.` : '-'} ${item}`).join('\n')
    case 'notice':
      return block.items.map(item => `! ${item}`).join('\n')
    case 'table':
      return block.rows
        .flatMap(([first, ...cells]) => [
          first,
          ...cells.map((cell, at) => `${cell.padStart(8)}  ${block.columns[at + 1]}`),
        ])
        .join('\n')
    case 'html':
      return block.text
    case 'advice': {
      const groups = block.groups.map(
        ({ heading, items }) => `${heading}\n${items.map(item => `- ${item}`).join('\n')}`,
      )
      return [`*** ${block.heading} ***`, ...groups, block.dated].join('\n\n')
    }
    case 'button':
      return `${block.label}\n${block.url}`
  }
}
