import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readComponents, type Span } from '@/formats/content-lines/read-components'
import { awkwardBytes, collect, cutAt, cuts, streamOf } from './awkward-text'

const records = new Set(['VCARD', 'VEVENT'])
const containers = new Set(['VCALENDAR'])
const spansOf = (input: string | Buffer, options = {}) =>
  collect(readComponents(streamOf([Buffer.from(input)]), { records, containers, ...options }))
const outline = (spans: Span[]) =>
  spans.map(({ kind, name, root, lines }) => [kind, name, (root?.lines ?? lines).map(line => line.text).join('|')])
const crlf = (...lines: string[]) => lines.map(line => `${line}\r\n`).join('')

describe('readComponents', () => {
  test('spans one after the other are the input, whatever the cap', async () => {
    await fc.assert(
      fc.asyncProperty(awkwardBytes, fc.integer({ min: 20, max: 200 }), async (bytes, maxRecordBytes) => {
        for (const options of [{}, { maxRecordBytes }]) {
          let offset = 0
          for (const span of await spansOf(bytes, options)) {
            expect(span.offset).toBe(offset)
            expect(span.length).toBeGreaterThan(0)
            if (span.bytes) expect(Buffer.from(span.bytes)).toEqual(bytes.subarray(offset, offset + span.length))
            else expect(span.length).toBeGreaterThan(maxRecordBytes)
            offset += span.length
          }
          expect(offset).toBe(bytes.length)
        }
      }),
    )
  })

  test('reads the same whatever the chunks', async () => {
    const shape = (spans: Span[]) =>
      spans.map(({ kind, name, offset, length, bytes, lines, root }) => ({
        place: [kind, name, offset, length, bytes === null],
        lines: lines.map(line => [line.offset, line.length, line.text]),
        root: JSON.stringify(root, ['name', 'closed', 'components']),
        own: root?.lines.map(line => [line.offset, line.length, line.text]),
      }))
    await fc.assert(
      fc.asyncProperty(awkwardBytes, cuts, fc.integer({ min: 20, max: 200 }), async (bytes, places, maxRecordBytes) => {
        for (const options of [{}, { maxRecordBytes }]) {
          const all = { records, containers, ...options }
          const whole = await collect(readComponents(streamOf([bytes]), all))
          const cut = await collect(readComponents(streamOf(cutAt(bytes, places)), all))
          expect(shape(cut)).toEqual(shape(whole))
        }
      }),
    )
  })

  test('UTF-16 gives the places and bytes of the input', async () => {
    const text = `\ufeff${crlf('BEGIN:VCARD', 'FN:Zoë', 'END:VCARD', '', 'BEGIN:VCARD', 'FN:B', 'END:VCARD')}`
    const little = Buffer.from(text, 'utf16le')
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      const spans = await collect(readComponents(streamOf(cutAt(bytes, [1, 2, 3, 50, 51])), { records }))
      expect(outline(spans).map(([kind, , value]) => [kind, value])).toEqual([
        ['component', 'Zoë'],
        ['blank', ''],
        ['component', 'B'],
      ])
      expect(Buffer.concat(spans.map(span => span.bytes!))).toEqual(bytes)
      expect(spans[0]!.root!.lines[0]!.offset).toBe(2 * '\ufeffBEGIN:VCARD\r\n'.length)
      const again = await collect(readComponents(streamOf([spans[2]!.bytes!]), { records }))
      expect(outline(again)).toEqual([['component', 'VCARD', 'B']])
    }
  })

  test('a record without END ends where the next begins', async () => {
    const spans = await spansOf(crlf('BEGIN:VCARD', 'FN:a', 'begin:vcard', 'FN:b', 'END:VCARD'))
    expect(outline(spans)).toEqual([
      ['component', 'VCARD', 'a'],
      ['component', 'VCARD', 'b'],
    ])
    expect(spans.map(span => span.root!.closed)).toEqual([false, true])
  })

  test('containers are opened and their children come one by one', async () => {
    const text = crlf(
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'BEGIN:VEVENT',
      'SUMMARY:a',
      'BEGIN:VALARM',
      'ACTION:x',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'SUMMARY:b',
      'END:VCALENDAR',
      'X',
      'END:VEVENT',
    )
    const spans = await spansOf(text)
    expect(outline(spans)).toEqual([
      ['container-begin', 'VCALENDAR', 'VCALENDAR'],
      ['properties', '', '2.0'],
      ['component', 'VEVENT', 'a'],
      ['component', 'VEVENT', 'b'],
      ['container-end', 'VCALENDAR', 'VCALENDAR'],
      ['garbage', '', 'X'],
    ])
    expect(spans[2]!.root!.components).toMatchObject([{ name: 'VALARM', closed: false }])
  })

  test('a card inside AGENT belongs to the card around it', async () => {
    const spans = await spansOf(
      crlf('BEGIN:VCARD', 'FN:a', 'AGENT:', '', 'BEGIN:VCARD', 'FN:in', 'END:VCARD', 'TEL:1', 'END:VCARD'),
    )
    expect(outline(spans)).toEqual([['component', 'VCARD', 'a||1']])
    expect(spans[0]!.root!.components[0]!.lines[0]!.text).toBe('in')
  })

  test('files joined without a line break, and a write cut off in the middle of a line, hide nothing', async () => {
    const spans = await spansOf(
      `${crlf('BEGIN:VCARD', 'FN:a')}END:VCARDBEGIN:VCARD\r\nFN:b\r\nTEL:+1 202BEGIN:VCARD\r\nVERSION:3.0\r\nFN:c\r\nEND:VCARD\r\n\xff\0BEGIN:VCARD\nFN:d`,
    )
    expect(outline(spans)).toEqual([
      ['component', 'VCARD', 'a'],
      ['component', 'VCARD', 'b|+1 202'],
      ['component', 'VCARD', '3.0|c'],
      ['garbage', '', 'ÿ\0'],
      ['component', 'VCARD', 'd'],
    ])
  })

  test('a record above the cap is counted, not held, and the next one is read', async () => {
    const big = crlf('BEGIN:VCARD', `NOTE:${'x'.repeat(5000)}`, 'END:VCARD')
    const spans = await spansOf(big + crlf('BEGIN:VCARD', 'FN:next', 'END:VCARD'), { maxRecordBytes: 1000 })
    expect(spans[0]).toMatchObject({ kind: 'component', length: big.length, bytes: null, root: null })
    expect(spans.at(-1)!.root!.lines[0]!.text).toBe('next')
  })

  test('a flood of short lines is a record too large, not all of memory', async () => {
    const flood = crlf('BEGIN:VCARD') + 'A\n'.repeat(400_000) + crlf('END:VCARD', 'BEGIN:VCARD', 'FN:b', 'END:VCARD')
    expect((await spansOf(flood)).map(span => span.bytes === null)).toEqual([true, false])
    expect((await spansOf('\n'.repeat(2_000_000)))[0]).toMatchObject({ kind: 'blank', lines: [] })
  })

  test('ENDs that end nothing are no record', async () => {
    expect(outline(await spansOf(crlf('END:VCARD', '', 'END:VCARD')))).toMatchObject([['stray-end', '', '']])
    expect(outline(await spansOf('\0\0\r\n \r\n'))).toEqual([['blank', '', '']])
  })

  test('structures that nest endlessly take time linear in their number', async () => {
    const spans = await spansOf('BEGIN:X\n'.repeat(100_000) + 'END:Y\n'.repeat(100_000) + 'END:X\n'.repeat(100_000))
    expect(spans.map(span => [span.kind, span.root?.closed])).toEqual([
      ['component', true],
      ['stray-end', undefined],
    ])
  })
})
