import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { XmlBroken, XmlReader } from '@/gateways/device-account/xml-reader'

/** What a reader says of a document, text joined, as one list that two readers can be compared by. */
function ours(pieces: string[]): unknown[] {
  const said: unknown[] = []
  const reader = new XmlReader({
    open: (name, attributes) => said.push(['open', name, attributes]),
    text: text =>
      Array.isArray(said.at(-1)) || said.length === 0 ? said.push(text) : said.push(`${said.pop()}${text}`),
    close: () => said.push(['close']),
    taint: () => {},
  })
  for (const piece of pieces) reader.write(piece)
  reader.end()
  return said
}

/** The same, by the library that speaks all of XML. */
function theirs(document: string): unknown[] {
  const said: unknown[] = []
  const parser = new SaxesParser({ xmlns: true })
  const add = (text: string) =>
    Array.isArray(said.at(-1)) || said.length === 0 ? said.push(text) : said.push(`${said.pop()}${text}`)
  parser.on('error', error => {
    throw error
  })
  let depth = 0
  parser.on('opentag', tag => {
    depth++
    const attributes = Object.values(tag.attributes).filter(one => one.prefix !== 'xmlns' && one.name !== 'xmlns')
    said.push(['open', `{${tag.uri}}${tag.local}`, Object.fromEntries(attributes.map(one => [one.local, one.value]))])
  })
  parser.on('text', text => depth > 0 && add(text))
  parser.on('cdata', text => add(text))
  parser.on('closetag', () => {
    depth--
    said.push(['close'])
  })
  parser.write(document).close()
  return said
}

const words = fc.string({
  unit: fc.constantFrom(
    'a',
    'é',
    '\u{1F4C7}',
    ' ',
    '\n',
    '\r',
    '\t',
    '"',
    "'",
    ']',
    '-',
    '&amp;',
    '&#13;',
    '&#x1F600;',
    '&lt;',
    '&gt;',
    '&quot;',
    '&apos;',
  ),
})
const attribute = fc.tuple(
  fc.constantFrom('x', 'y', 'p:z'),
  fc.string({ unit: fc.constantFrom('a', '>', ' ', '&amp;', 'é') }),
  fc.constantFrom('"', "'"),
)
const { element } = fc.letrec<{ element: string }>(tie => ({
  element: fc
    .tuple(
      fc.constantFrom('a', 'p:b', 'd:c', 'long-name.1'),
      fc.uniqueArray(attribute, { maxLength: 3, selector: ([name]) => name }),
      fc.array(
        fc.oneof(
          { weight: 3, arbitrary: words },
          { weight: 2, arbitrary: tie('element') },
          fc.constant('<!-- <not> a "tag -->'),
          words.map(text => `<![CDATA[${text.replaceAll(']', '')}<b>&amp;]]>`),
          fc.constant('<?pi x > y?>'),
        ),
        { maxLength: 4 },
      ),
      fc.boolean(),
    )
    .map(([name, attributes, children, spaced]) => {
      const list = attributes
        .map(([key, value, quote]) => ` ${key}${spaced ? ' = ' : '='}${quote}${value.replaceAll(quote, '')}${quote}`)
        .join('')
      return children.length === 0 ? `<${name}${list}/>` : `<${name}${list}>${children.join('')}</${name}>`
    }),
}))
const document = element.map(
  inside =>
    `<?xml version="1.0" encoding="utf-8"?>\n<!-- c --><root xmlns="urn:default" xmlns:p="urn:p" xmlns:d='DAV:'>${inside}</root>\n`,
)

describe('the XML reader', () => {
  it('reads what the library reads, however the text is cut', () => {
    fc.assert(
      fc.property(document, fc.array(fc.nat(60), { maxLength: 12 }), (text, cuts) => {
        const pieces: string[] = []
        let at = 0
        for (const cut of cuts) {
          pieces.push(text.slice(at, at + cut))
          at += cut
        }
        pieces.push(text.slice(at))
        expect(ours(pieces)).toEqual(theirs(text))
      }),
      { numRuns: 300 },
    )
  })

  it.each(['<!-- c -->', '<?pi?>', '<![CDATA[]]>'])('folds no CR and LF into one that %s parts', between => {
    const text = `<a>\r${between}\n</a>`
    for (let cut = 0; cut <= text.length; cut++)
      expect(ours([text.slice(0, cut), text.slice(cut)])).toEqual(theirs(text))
  })

  it.each([
    ['', 'nothing'],
    ['<a>', 'no end'],
    ['<a></b>', 'another end'],
    ['<a/><b/>', 'two roots'],
    ['text', 'no root'],
    ['<a/>text', 'text after the root'],
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', 'a document type'],
    ['<p:a/>', 'a prefix nobody declared'],
    ['<a b=c/>', 'an attribute without quotes'],
    ['< a/>', 'no name'],
    ['<a', 'half a tag'],
  ])('refuses %j: %s', text => {
    expect(() => ours([text])).toThrow(XmlBroken)
  })

  it('says where text is not what XML allows, and goes on', () => {
    let taints = 0
    let text = ''
    const reader = new XmlReader({
      open: () => {},
      close: () => {},
      taint: () => taints++,
      text: more => (text += more),
    })
    reader.write('<a>one\u0001two &nobody; &constructor; &#0; & three</a>')
    reader.end()
    expect(text).toBe('one\u0001two &nobody; &constructor; &#0; & three')
    expect(taints).toBeGreaterThan(0)
  })
})
