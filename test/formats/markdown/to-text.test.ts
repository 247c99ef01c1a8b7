import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markdownToText } from '@/formats/markdown/to-text'
import { anyMarkdown, tiring } from './awkward-markdown'

describe('Markdown as plain text', () => {
  it.each([
    ['', ''],
    ['One.\nTwo.\n\n\nThree *and* **four** `five`.', 'One.\nTwo.\n\nThree and four five.'],
    ['# Head\nText', 'Head\n\nText'],
    ['[the *page*](https://a.example/b) now', 'the page (https://a.example/b) now'],
    [
      '[https://a.example](https://a.example) <https://b.example> https://c.example',
      'https://a.example https://b.example https://c.example',
    ],
    [
      '[write](mailto:a@b.example) <a@b.example> [a@b.example](mailto:a@b.example)',
      'write (a@b.example) a@b.example a@b.example',
    ],
    ['[call](tel:+15550100) [+15550100](tel:+15550100)', 'call (+15550100) +15550100'],
    ['[x](javascript:alert(1)) ![picture](https://a.example/p.png)', '[x](javascript:alert(1)) picture'],
    ['- a\n- b\n  - c\n\n3. d\n4. e\n   f', '- a\n- b\n  - c\n\n3. d\n4. e\n   f'],
    ['- a\n\n  b', '- a\n  b'],
    ['> a\n>\n> b', '> a\n>\n> b'],
    ['```\n  x  \n\ny\n```', '  x  \n\ny'],
    ['<b>5 < 6</b> & &amp;', '<b>5 < 6</b> & &amp;'],
  ])('of %j is %j', (markdown, text) => {
    expect(markdownToText(markdown)).toBe(text)
  })

  it('names the address of every link', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), numbers => {
        const markdown = numbers.map(number => `[link](https://a.example/${number})`).join(' ')
        expect(markdownToText(markdown)).toBe(numbers.map(number => `link (https://a.example/${number})`).join(' '))
      }),
    )
  })

  it('is made of any text', () => {
    fc.assert(
      fc.property(anyMarkdown, markdown => {
        expect(markdownToText(markdown)).toBeTypeOf('string')
        expect(markdownToText(markdown)).not.toContain('\r')
      }),
      { numRuns: 500 },
    )
  })

  it('is made of 200,000 characters of whatever tires readers', { timeout: 240_000 }, () => {
    for (const unit of tiring) expect(markdownToText(unit.repeat(200_000 / unit.length))).toBeTypeOf('string')
  })
})
