import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { badge } from '@/formats/status-page/badge'
import { textWidth } from '@/formats/status-page/text-width'
import { childrenNamed, readXml, textOf, type XmlElement } from '../xml/read-xml'

const impacts = ['none', 'minor', 'major', 'critical', 'maintenance'] as const
const numbers = (element: XmlElement, ...names: string[]): number[] =>
  names.map(name => Number(element.attributes[name]))

function contrastWithWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05)
}

describe('a badge', () => {
  const svg = readXml(badge('Status <a> & "b"', 'Critical', 'critical'))

  it('is one picture with a name for those who hear it', () => {
    expect(svg).toMatchObject({ name: 'svg', namespace: 'http://www.w3.org/2000/svg', attributes: { role: 'img' } })
    expect(svg.attributes['aria-label']).toBe('Status <a> & "b": Critical')
    expect(textOf(svg, 'title')).toBe('Status <a> & "b": Critical')
    expect(svg.children[0]!.name).toBe('title')
    expect(childrenNamed(svg, 'text').map(({ text }) => text)).toEqual(['Status <a> & "b"', 'Critical'])
    for (const text of childrenNamed(svg, 'text')) {
      expect(text.attributes).toMatchObject({ 'aria-hidden': 'true', lengthAdjust: 'spacingAndGlyphs' })
    }
  })

  it('loads nothing from anywhere', () => {
    expect(badge('a', 'b', 'none').replace('http://www.w3.org/2000/svg', '')).not.toMatch(
      /https?:|url\(|@import|<style|<image/,
    )
  })

  it('tells states apart by colour and by shape', () => {
    const drawn = impacts.map(impact => readXml(badge('a', 'b', impact)))
    const shapes = drawn.map(each => childrenNamed(each, 'path')[0]!.attributes.d)
    const colours = drawn.map(each => childrenNamed(each, 'rect')[1]!.attributes.fill)
    expect(new Set(shapes).size).toBe(impacts.length)
    expect(new Set(colours).size).toBe(impacts.length)
  })

  it.each(impacts)('can be read where it says %s', impact => {
    for (const rect of childrenNamed(readXml(badge('a', 'b', impact)), 'rect')) {
      expect(contrastWithWhite(rect.attributes.fill!)).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('gives everything its place, side by side', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (label, message) => {
        const drawn = readXml(badge(label, message, 'minor'))
        const [left, right] = childrenNamed(drawn, 'rect')
        const [labelText, messageText] = childrenNamed(drawn, 'text')
        const [width] = numbers(drawn, 'width')
        const [leftWidth] = numbers(left!, 'width')
        const [rightFrom, rightWidth] = numbers(right!, 'x', 'width')
        const [labelFrom, labelWidth] = numbers(labelText!, 'x', 'textLength')
        const [messageFrom, messageWidth] = numbers(messageText!, 'x', 'textLength')
        const [signFrom] = childrenNamed(drawn, 'path')[0]!.attributes.transform!.match(/\d+/)!.map(Number)
        expect(drawn.attributes.viewBox).toBe(`0 0 ${width} 20`)
        expect([labelWidth, messageWidth]).toEqual([textWidth(label), textWidth(message)])
        expect(labelFrom! + labelWidth!).toBe(leftWidth! - 6)
        expect([labelFrom, rightFrom, rightFrom! + rightWidth!]).toEqual([6, leftWidth, width])
        expect([signFrom! - rightFrom!, messageFrom! - signFrom!, width! - messageFrom! - messageWidth!]).toEqual([
          6, 14, 6,
        ])
      }),
    )
  })
})

describe('the width of a text', () => {
  it.each([
    ['', 0],
    ['il', 8],
    ['WM', 21],
    ['Operational', 9 + 7 + 7 + 5 + 7 + 5 + 4 + 7 + 7 + 7 + 4],
    ['山', 11],
    ['e\u0301', 7],
  ])('of %j is %i', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })
})
