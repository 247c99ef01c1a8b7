import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Card, parseCard, readCards } from '@/formats/vcard/read-cards'
import { awkwardBytes, collect, cutAt, cuts, streamOf } from '../content-lines/awkward-text'
import { awkwardCard, card } from './awkward-cards'

const cardsOf = (...chunks: (Buffer | string)[]) =>
  collect(readCards(streamOf(chunks.map(chunk => Buffer.from(chunk)))))
const summary = ({ ordinal, title, assessment }: Card) => [ordinal, title, assessment]
const complete = { state: 'complete' }
const anna = card('VERSION:3.0', 'FN:Anna', 'TEL:1')

describe('readCards', () => {
  test('reads the same whatever the chunks, and every record lies where it says', async () => {
    const some = fc.array(
      fc.oneof(
        awkwardCard.map(text => Buffer.from(text)),
        awkwardBytes,
      ),
      { maxLength: 4 },
    )
    await fc.assert(
      fc.asyncProperty(some, cuts, async (parts, places) => {
        const bytes = Buffer.concat(parts)
        const whole = await cardsOf(bytes)
        expect(whole.map(({ ordinal }) => ordinal)).toEqual(whole.map((_, i) => i))
        for (const read of whole) {
          expect(Buffer.from(read.bytes)).toEqual(bytes.subarray(read.offset, read.offset + read.length))
        }
        const shape = (cards: Card[]) =>
          cards.map(({ offset, length, uid, title, assessment, lines }) => [
            { offset, length, uid, title, assessment },
            lines.map(line => [line.offset, line.length, line.name, line.text]),
          ])
        expect(shape(await cardsOf(...cutAt(bytes, places)))).toEqual(shape(whole))
      }),
      { numRuns: 150 },
    )
  })

  test('one card by itself is read as it was in its file', async () => {
    await fc.assert(
      fc.asyncProperty(awkwardCard, async text => {
        const [first] = await cardsOf(text, anna)
        const alone = parseCard(first!.bytes)
        expect([alone.uid, alone.title, alone.assessment]).toEqual([first!.uid, first!.title, first!.assessment])
      }),
      { numRuns: 150 },
    )
  })

  test('says what a person would call it, and what is there', async () => {
    const cards = await cardsOf(
      card('VERSION:3.0', 'UID:u1', 'FN:Anna\\, Dr.', 'TEL:1'),
      card('VERSION:2.1', 'N;CHARSET=UTF-8;QUOTED-PRINTABLE:Lef=C3=A8vre;Zo=C3=AB;;Mme', 'EMAIL:z@example.org'),
      card('VERSION:4.0', 'ORG:Example;Sales', 'ADR:;;1 Main Street'),
      card('FN:A list', 'X-ADDRESSBOOKSERVER-KIND:group', 'X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:1'),
    )
    expect(cards.map(({ version, uid, title, assessment }) => [version, uid, title, assessment])).toEqual([
      ['3.0', 'u1', 'Anna, Dr.', complete],
      ['2.1', null, 'Mme Zoë Lefèvre', complete],
      ['4.0', null, 'Example Sales', complete],
      [null, null, 'A list', complete],
    ])
  })

  test.each([
    ['a name without a number or address', card('FN:A', 'NOTE:x', 'TEL:'), ['phone', 'email']],
    ['a number without a name', card('FN:', 'N:;;;;', 'TEL:1'), ['name']],
    ['a note alone', card('NOTE:x'), ['name', 'phone', 'email']],
    ['a card cut off', Buffer.from('BEGIN:VCARD\r\nFN:A\r\nTEL:1'), ['cut-off']],
    ['a field overwritten with zeros', card('FN:A', 'TEL:1', 'NOTE:a\0\0b'), ['note']],
    ['a line that is no property', card('FN:A', 'TEL:1', 'lost and found'), ['unreadable-line']],
    ['a picture that is none', card('FN:A', 'TEL:1', 'PHOTO;ENCODING=b:!!'), ['photo']],
    ['an unknown charset', card('FN:A', 'TEL:1', 'TITLE;CHARSET=X-NONE:é'), ['title']],
  ])('%s is partial', (_, bytes, missing) => {
    expect(parseCard(bytes).assessment).toEqual({ state: 'partial', missing })
  })

  test.each([
    ['BEGIN and END', card(), 'nothing-readable'],
    ['only what is about the record', card('VERSION:3.0', 'UID:1', 'REV:2', 'FN:', 'N:;;;;'), 'nothing-readable'],
    ['BEGIN alone', Buffer.from('BEGIN:VCARD\r\nVERSION:2.1\r\n'), 'cut-off'],
    ['binary noise inside', card('FN:\x01\x02\x03', '\x04\x05'), 'not-text'],
    ['another kind of record', Buffer.from('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n'), 'unsupported'],
    ['text', Buffer.from('hello\r\n'), 'no-structure'],
    ['bytes', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x1a, 0, 1]), 'not-text'],
    ['nothing', Buffer.alloc(0), 'nothing-readable'],
  ])('%s is damaged', (_, bytes, reason) => {
    expect(parseCard(bytes).assessment).toEqual({ state: 'damaged', reason })
  })

  test('a damaged record never hides the next, and counts once', async () => {
    const cards = await cardsOf(
      '\r\n\r\n',
      anna,
      '\0\0garbage\r\nmore: of it\r\n\r\n',
      anna,
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut\r\nTEL:+1 2',
      anna,
      'END:VCARD\r\n\r\n',
      card('FN:Last', 'EMAIL:l@example.org'),
      '\0\0\0',
    )
    expect(cards.map(summary)).toEqual([
      [0, 'Anna', complete],
      [1, null, { state: 'damaged', reason: 'not-text' }],
      [2, 'Anna', complete],
      [3, 'Cut', { state: 'partial', missing: ['cut-off'] }],
      [4, 'Anna', complete],
      [5, 'Last', complete],
    ])
  })

  test('base64 goes on without white space in front, up to the next property', async () => {
    const [read] = await cardsOf(card('FN:A', 'TEL:1', 'PHOTO;JPEG;BASE64:AAAA', 'BBBB', 'CA==', '', 'NOTE:x'))
    expect(read!.assessment).toEqual(complete)
    expect(read!.lines.map(line => line.name)).toEqual(['FN', 'TEL', 'PHOTO', 'NOTE'])
    expect(Buffer.from(read!.lines[2]!.binary).toString('base64')).toBe('AAAABBBBCA==')
  })

  test('UTF-16 and Latin-1 are read', async () => {
    const [wide] = await cardsOf(Buffer.from(`\ufeff${card('FN:Zoë', 'TEL:1')}`, 'utf16le'))
    expect([wide!.title, wide!.assessment, parseCard(wide!.bytes).title]).toEqual(['Zoë', complete, 'Zoë'])
    expect(parseCard(Buffer.from(card('FN:Zoë', 'TEL:1').toString(), 'latin1')).title).toBe('Zoë')
  })

  test('a picture of 10 MB is read, and a record above the cap is damaged without being held', async () => {
    const photo = Buffer.alloc(10_000_000, 7).toString('base64').replace(/.{74}/g, '$&\r\n ')
    const [large] = await cardsOf(card('FN:A', 'TEL:1', `PHOTO;ENCODING=b;TYPE=JPEG:${photo}`))
    expect(large!.lines[2]!.binary).toHaveLength(10_000_000)
    async function* endless(): AsyncIterable<Uint8Array> {
      yield Buffer.from('BEGIN:VCARD\r\nNOTE:')
      for (let i = 0; i < 66; i++) yield Buffer.alloc(1024 * 1024, 0x78)
      yield Buffer.from('\r\nEND:VCARD\r\n')
      yield anna
    }
    const cards = await collect(readCards(endless()))
    expect(cards.map(summary)).toEqual([
      [0, null, { state: 'damaged', reason: 'too-large' }],
      [1, 'Anna', complete],
    ])
    expect(cards[0]!.bytes).toHaveLength(0)
    expect(cards[1]!.offset).toBe(cards[0]!.length)
  })

  test('stopping early stops the input', async () => {
    const input = Readable.from([anna, anna, anna])
    for await (const read of readCards(input)) if (read.ordinal === 0) break
    expect(input.destroyed).toBe(true)
  })
})
