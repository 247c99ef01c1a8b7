import fc from 'fast-check'
import sanitizeHtml from 'sanitize-html'
import { describe, expect, it } from 'vitest'
import { markdownToHtml } from '@/formats/markdown/to-html'
import { readXml } from '../xml/read-xml'
import { anyMarkdown, hostile, tiring } from './awkward-markdown'

const link = (address: string, text: string): string => `<a href="${address}" rel="nofollow noopener">${text}</a>`

const allowed: Record<string, string[]> = {
  ...{
    p: [],
    br: [],
    strong: [],
    em: [],
    ul: [],
    ol: ['start'],
    li: [],
    code: [],
    pre: [],
    blockquote: [],
    h3: [],
    h4: [],
  },
  a: ['href', 'rel'],
}

/** Every element that a parser finds, with its attributes. */
function elementsOf(html: string): { tag: string; attributes: Record<string, string> }[] {
  const found: { tag: string; attributes: Record<string, string> }[] = []
  sanitizeHtml(html, {
    allowedTags: false,
    allowedAttributes: false,
    allowVulnerableTags: true,
    transformTags: {
      '*': (tag, attributes) => {
        found.push({ tag, attributes })
        return { tagName: tag, attribs: attributes }
      },
    },
  })
  return found
}

function expectHarmless(html: string): void {
  for (const { tag, attributes } of elementsOf(html)) {
    expect(Object.keys(allowed)).toContain(tag)
    for (const name of Object.keys(attributes)) expect(allowed[tag]).toContain(name)
    if (tag !== 'a') continue
    expect(attributes.href).toMatch(/^(?:https?:\/\/[^/]|mailto:|tel:)[^\s"<>\p{C}]*$/iu)
    expect(attributes.rel).toBe('nofollow noopener')
  }
}

describe('Markdown as HTML', () => {
  it.each([
    ['', ''],
    ['One.\nTwo.\n\nThree.', '<p>One.<br />Two.</p>\n<p>Three.</p>'],
    ['a\r\nb\rc', '<p>a<br />b<br />c</p>'],
    [
      '*a* _b_ **c** __d__ ***e***',
      '<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <em><strong>e</strong></em></p>',
    ],
    ['**a *b* c** *a **b** c*', '<p><strong>a <em>b</em> c</strong> <em>a <strong>b</strong> c</em></p>'],
    ['*a **b* c**', '<p><em>a <em><em>b</em> c</em></em></p>'],
    [
      '***a* b** ***a** b* **a*** a**b*c**',
      '<p><strong><em>a</em> b</strong> <em><strong>a</strong> b</em> <strong>a</strong>* a<strong>b*c</strong></p>',
    ],
    ['*a**b* a***b***', '<p><em>a**b</em> a<em><strong>b</strong></em></p>'],
    ['2 * 3 * 4, a_b_c, _a_b, 5*', '<p>2 * 3 * 4, a_b_c, _a_b, 5*</p>'],
    ['a*b*c ("*d*")', '<p>a<em>b</em>c ("<em>d</em>")</p>'],
    ['** a** ****b****', '<p>** a** ****b****</p>'],
    ['*a\n\nb*', '<p>*a</p>\n<p>b*</p>'],
    ['\\*a\\* \\[b](https://a.example) \\q', `<p>*a* [b](${link('https://a.example', 'https://a.example')}) \\q</p>`],
    ['`a *b* <c>` `` d`e `` ` ` `f', '<p><code>a *b* &lt;c&gt;</code> <code>d`e</code> <code> </code> `f</p>'],
    ['\\``a` `b\nc`', '<p>`<code>a</code> <code>b c</code></p>'],
    ['\\```', '<p>```</p>'],
    ['[a *b*](https://a.example/x?y=1&z)', `<p>${link('https://a.example/x?y=1&amp;z', 'a <em>b</em>')}</p>`],
    [
      '[a](<https://a.example> "b") [c](mailto:c@a.example) [d](tel:+15550100)',
      `<p>${link('https://a.example', 'a')} ${link('mailto:c@a.example', 'c')} ${link('tel:+15550100', 'd')}</p>`,
    ],
    ['[a](https://a.example/b_(c)_d)', `<p>${link('https://a.example/b_(c)_d', 'a')}</p>`],
    [
      '[a [b](https://b.example)](https://c.example)',
      `<p>[a ${link('https://b.example', 'b')}](${link('https://c.example', 'https://c.example')})</p>`,
    ],
    ['[https://a.example](https://b.example)', `<p>${link('https://b.example', 'https://a.example')}</p>`],
    ['*a [b*](https://b.example)', `<p><em>a [b</em>](${link('https://b.example', 'https://b.example')})</p>`],
    ['[*a](https://b.example) b*', `<p>${link('https://b.example', '*a')} b*</p>`],
    ['[1] and [x](nothing) and [', '<p>[1] and [x](nothing) and [</p>'],
    ['![a *b*](https://a.example/p.png)!', '<p>a <em>b</em>!</p>'],
    [
      '<https://a.example> <ana@a.example>',
      `<p>${link('https://a.example', 'https://a.example')} ${link('mailto:ana@a.example', 'ana@a.example')}</p>`,
    ],
    [
      '(https://a.example/x). **https://b.example**, xhttps://c.example',
      `<p>(${link('https://a.example/x', 'https://a.example/x')}). <strong>${link('https://b.example', 'https://b.example')}</strong>, xhttps://c.example</p>`,
    ],
    [
      'https://a.example/b_(c) https://',
      `<p>${link('https://a.example/b_(c)', 'https://a.example/b_(c)')} https://</p>`,
    ],
    [
      '# One\n## Two ##\n###### Six #a\n#none\n#',
      '<h3>One</h3>\n<h4>Two</h4>\n<h4>Six #a</h4>\n<p>#none</p>\n<h3></h3>',
    ],
    ['# a ####\n# b#\n# ##', '<h3>a</h3>\n<h3>b#</h3>\n<h3></h3>'],
    ['- a\n- *b*\n* c', '<ul><li>a</li><li><em>b</em></li><li>c</li></ul>'],
    ['- a\n  - b\n    - c\n- d', '<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>'],
    ['- a\n\n  b\n\nc', '<ul><li><p>a</p><p>b</p></li></ul>\n<p>c</p>'],
    ['- a\nb\n-\n- c', '<ul><li>a<br />b</li><li></li><li>c</li></ul>'],
    ['1. a\n2. b\n- c', '<ol><li>a</li><li>b</li></ol>\n<ul><li>c</li></ul>'],
    ['3) a\n\n4) b', '<ol start="3"><li>a</li><li>b</li></ol>'],
    ['It was\n2009. Then\n1. x\n- y', '<p>It was<br />2009. Then</p>\n<ol><li>x</li></ol>\n<ul><li>y</li></ul>'],
    ['- a\n\n\tb\n\n \tc', '<ul><li><p>a</p><p>b</p><p>c</p></li></ul>'],
    ['a***b***c', '<p>a<em><strong>b</strong></em>c</p>'],
    ['-\ta\n\tb', '<ul><li>a<br />b</li></ul>'],
    [
      '> a\n> > b\n>\n> - c\nd',
      '<blockquote><p>a</p>\n<blockquote><p>b</p></blockquote>\n<ul><li>c</li></ul></blockquote>\n<p>d</p>',
    ],
    ['a\n> b\n# c\n```\nd\n```', '<p>a</p>\n<blockquote><p>b</p></blockquote>\n<h3>c</h3>\n<pre><code>d</code></pre>'],
    ['```html\n<b>\n\n  *x*\n~~~\n```\ny', '<pre><code>&lt;b&gt;\n\n  *x*\n~~~</code></pre>\n<p>y</p>'],
    ['~~~~\na\n~~~\n~~~~~\nb', '<pre><code>a\n~~~</code></pre>\n<p>b</p>'],
    ['```\nnever ended', '<pre><code>never ended</code></pre>'],
    ['```a``` b', '<p><code>a</code> b</p>'],
    ['a "b" & \'c\' &amp; &eacute; © \0', '<p>a "b" &amp; \'c\' &amp;amp; &amp;eacute; © \ufffd</p>'],
    ['---\n***', '<p>---<br />***</p>'],
  ])('of %j is %j', (markdown, html) => {
    expect(markdownToHtml(markdown)).toBe(html)
  })

  it('nests eight deep, and shows the rest as text', () => {
    const html = markdownToHtml(`${'> '.repeat(10)}a`)
    expect(html).toBe(`${'<blockquote>'.repeat(8)}<p>&gt; &gt; a</p>${'</blockquote>'.repeat(8)}`)
    expect(markdownToHtml(`${'> '.repeat(8)}a\n${'> '.repeat(8)}- b`)).toContain('<p>a<br />- b</p>')
    expect(markdownToHtml('- '.repeat(10)).match(/<ul>/g)).toHaveLength(8)
  })

  it('links addresses of up to 2,000 characters', () => {
    const address = (length: number): string => 'https://a.example/'.padEnd(length, 'x')
    for (const write of [(to: string) => `[a](${to})`, (to: string) => `<${to}>`, (to: string) => to]) {
      expect(markdownToHtml(write(address(2000)))).toContain(`<a href="${address(2000)}"`)
      expect(markdownToHtml(write(address(2001)))).not.toContain(`<a href="${address(2001)}"`)
    }
  })

  it('still knows what opened last among many signs that never close', () => {
    expect(markdownToHtml(`${'[ '.repeat(40)}*a*`)).toMatch(/ <em>a<\/em><\/p>$/)
    expect(markdownToHtml(`*a ${'_b '.repeat(30)}c*`)).not.toContain('<em>')
  })
})

describe('hostile Markdown', () => {
  it.each(hostile)('%j does no harm', markdown => {
    for (const wrapped of [markdown, `**${markdown}**`, `[${markdown}](https://a.example)`, `> 1. ${markdown}`]) {
      expectHarmless(markdownToHtml(wrapped))
    }
  })

  it.each(hostile.filter(markdown => markdown.startsWith('<') && !/[\0\n`"*_]|https:/.test(markdown)))(
    '%j is shown as it is',
    markdown => {
      const text = markdown.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      expect(markdownToHtml(markdown)).toBe(`<p>${text}</p>`)
    },
  )

  it('never writes more than the allowed elements and attributes, and always whole ones', () => {
    fc.assert(
      fc.property(anyMarkdown, markdown => {
        const html = markdownToHtml(markdown)
        expectHarmless(html)
        readXml(`<x>${html.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')}</x>`)
      }),
      { numRuns: 1000 },
    )
  })

  it('loses no word', () => {
    const word = fc.constantFrom(
      'alpha',
      'beta',
      '<gamma>',
      '*',
      '**',
      '_',
      '`',
      '[',
      ']',
      '(',
      '> ',
      '- ',
      '\n',
      '\n\n',
      '~~~\n',
    )
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), words => {
        const markdown = words.join(' ')
        const shown = markdownToHtml(markdown)
        for (const each of ['alpha', 'beta', 'gamma']) {
          // A line that begins code may say its language, which is not shown.
          const wanted = markdown.replace(/~~~.*/g, '').split(each).length
          expect(shown.split(each).length).toBeGreaterThanOrEqual(wanted)
        }
      }),
    )
  })

  it('takes a time that grows with the length of a text, not faster', { timeout: 240_000 }, () => {
    for (const unit of tiring) {
      const timeOf = (length: number): number => {
        const text = unit.repeat(Math.ceil(length / unit.length))
        const start = process.cpuUsage()
        markdownToHtml(text)
        return (process.cpuUsage(start).user + process.cpuUsage(start).system) / 1000
      }
      timeOf(10_000)
      expect(timeOf(100_000), unit).toBeLessThan(timeOf(10_000) * 30 + 500)
    }
  })

  it.each(['[', '>', '> ', '*a ', '_a *b ', '- ', '[a](', '`a``b', '<http://a ', '"'])(
    'of 1 MB of %j is read',
    unit => {
      expectHarmless(markdownToHtml(unit.repeat(Math.ceil(1_000_000 / unit.length))).slice(0, 10_000))
    },
  )
})
