import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { element, textElements, Xml, xmlDocument } from '@/formats/xml/xml-element'
import { readXml } from './read-xml'

describe('writing XML', () => {
  it('writes attributes, text and elements in their order, and leaves null out', () => {
    const written = element('a', { x: 1, y: null, z: 'q' }, 'one', null, [element('b', {}), 'two'], new Xml('<c/>'))
    expect(written.markup).toBe('<a x="1" z="q">one<b/>two<c/></a>')
    expect(xmlDocument(written)).toBe(`<?xml version="1.0" encoding="UTF-8"?>\n${written.markup}\n`)
    expect(textElements({ a: 'x', b: null, c: '' }).map(({ markup }) => markup)).toEqual(['<a>x</a>', '<c/>'])
  })

  it('escapes what a parser would take for markup or change', () => {
    expect(element('a', { b: '<&>"\'\t\r\n' }, ']]><&>"\r\n\r').markup).toBe(
      '<a b="&lt;&amp;&gt;&quot;\'&#9;&#13;&#10;">]]&gt;&lt;&amp;&gt;"\n\n</a>',
    )
  })

  it('drops what no document may hold', () => {
    const illegal = '\0\u0001\u0008\u000b\u000c\u001f\ufffe\uffff\ud800'
    expect(element('a', { b: `x${illegal}y` }, `p${illegal}q\u0085\ud7ff\ue000\ufffd😀`).markup).toBe(
      '<a b="xy">pq\u0085\ud7ff\ue000\ufffd😀</a>',
    )
  })

  it('is read back as it was meant, whatever the text', () => {
    const legal = (text: string): string => text.replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (value, text) => {
        const read = readXml(xmlDocument(element('a', { value }, text)))
        expect(read.attributes.value).toBe(legal(value))
        expect(read.text).toBe(legal(text).replace(/\r\n?/g, '\n'))
      }),
    )
  })
})
