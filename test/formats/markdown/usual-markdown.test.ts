import fc from 'fast-check'
import { Marked } from 'marked'
import { describe, expect, it } from 'vitest'
import { markdownToHtml } from '@/formats/markdown/to-html'

const word = fc.constantFrom('contacts', 'données', 'the 10th,', 'l’accès.', 'a_b', '5 * 3', '"x"', '(s)')
const marked = (sign: string) => fc.constantFrom('lost', 'two words', 'été').map(words => sign + words + sign)
const inline = fc.oneof(
  word,
  ...['*', '_', '**', '__', '`', '***'].map(marked),
  fc.constantFrom('[here](https://a.example/x)', '[**here** it is](https://a.example/?a=1)', '**see _this_ now**'),
)
const line = fc.array(inline, { minLength: 1, maxLength: 5 }).map(words => words.join(' '))
const lines = fc.array(line, { minLength: 1, maxLength: 3 })
const paragraph = lines.map(all => all.join('\n'))
const block = fc.oneof(
  paragraph,
  lines.map(all => all.map(each => `- ${each}`).join('\n')),
  lines.map(all => all.map((each, index) => `${index + 1}. ${each}`).join('\n')),
  lines.map(all => all.map(each => `> ${each}`).join('\n')),
  lines.map(all => `- first\n${all.map(each => `  - ${each}`).join('\n')}\n- last`),
  lines.map(all => `\`\`\`\n${all.join('\n')}\n\`\`\``),
)

/** The same whatever stands between blocks and however breaks and quotation marks are written. */
const normal = (html: string): string =>
  html
    .replaceAll(' rel="nofollow noopener"', '')
    .replaceAll('&quot;', '"')
    .replace(/<br ?\/?>/g, '<br>')
    .replace(/\s*\n\s*/g, '')

describe('the Markdown that people usually write', () => {
  it('means what another reader of Markdown takes it for', () => {
    const other = new Marked({ breaks: true })
    fc.assert(
      // A paragraph in between keeps two lists from being one.
      fc.property(fc.array(fc.tuple(block, paragraph), { maxLength: 3 }), blocks => {
        const markdown = blocks.flat().join('\n\n')
        expect(normal(markdownToHtml(markdown))).toBe(normal(other.parse(markdown, { async: false })))
      }),
      { numRuns: 500 },
    )
  })
})
