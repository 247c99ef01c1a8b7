import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meaningDigest } from '@/formats/vcard/meaning-digest'
import { parseCard } from '@/formats/vcard/read-cards'
import { toVcard3 } from '@/formats/vcard/to-vcard3'
import { awkwardCard, card } from './awkward-cards'

const digestOf = (...lines: string[]) => meaningDigest(parseCard(card(...lines)))

describe('meaningDigest', () => {
  test('a card and what is pushed for it mean the same', () => {
    fc.assert(
      fc.property(awkwardCard, written => {
        const read = parseCard(Buffer.from(written))
        fc.pre(read.assessment.state !== 'damaged')
        const pushed = toVcard3(read, { uid: 'u-1' })
        expect(meaningDigest(parseCard(pushed))).toBe(meaningDigest(read))
      }),
      { numRuns: 400 },
    )
  })

  test.each([
    ['order of lines', ['TEL:1', 'EMAIL:a@example.org', 'FN:A B'], ['FN:A B', 'EMAIL:a@example.org', 'TEL:1']],
    ['folding', ['FN:A B', 'NOTE:one two'], ['FN:A B', 'NOTE:one\r\n  two']],
    ['parameter case and order', ['FN:A', 'TEL;TYPE=HOME;X-A=1:1'], ['FN:A', 'tel;x-a=1;type=home:1']],
    ['types in one or several parameters', ['FN:A', 'TEL;TYPE=a,b:1'], ['FN:A', 'TEL;TYPE=B;TYPE=A:1']],
    [
      'what is about the record',
      ['FN:A', 'TEL:1', 'UID:x', 'REV:1', 'PRODID:y', 'VERSION:2.1'],
      ['VERSION:3.0', 'FN:A', 'TEL:1'],
    ],
    ['what servers add', ['FN:A', 'TEL:1', 'X-RADICALE-NAME:x.vcf'], ['FN:A', 'TEL:1']],
    ['spelling of groups', ['FN:A', 'item1.TEL:1', 'item1.X-ABLabel:x'], ['FN:A', 'G.X-ABLABEL:x', 'G.TEL:1']],
    ['a group of one', ['FN:A', 'item1.TEL:1'], ['FN:A', 'TEL:1']],
    ['FN derived from N', ['N:Doe;Jane', 'TEL:1'], ['N:Doe;Jane;;;', 'FN:Jane Doe', 'TEL:1']],
    ['quoted-printable', ['N;CHARSET=UTF-8;QUOTED-PRINTABLE:Sm=C3=AFth;J'], ['N:Smïth;J']],
    ['tel: URIs', ['FN:A', 'TEL;VALUE=uri:tel:+1-2'], ['FN:A', 'TEL:+1-2']],
    [
      'line breaks in base64',
      ['FN:A', 'PHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\n BBBB'],
      ['FN:A', 'PHOTO;JPEG;BASE64:AAAABBBB'],
    ],
    ['data: URIs', ['FN:A', 'PHOTO:data:image/png;base64,AAAA'], ['FN:A', 'PHOTO;ENCODING=b;TYPE=PNG:AAAA']],
    ['spelling of dates', ['FN:A', 'BDAY:19800203'], ['FN:A', 'BDAY;VALUE=date:1980-02-03']],
    ['composed characters', ['FN:e\u0301'], ['FN:\u00e9']],
    ['escapes', ['FN:A', 'NOTE:a\\, b\\; c'], ['FN:A', 'NOTE:a, b; c']],
  ])('ignores %s', (_, one, other) => {
    expect(digestOf(...one)).toBe(digestOf(...other))
  })

  test.each([
    ['a number', ['FN:A', 'TEL:1'], ['FN:A', 'TEL:2']],
    ['a type', ['FN:A', 'TEL;TYPE=home:1'], ['FN:A', 'TEL;TYPE=work:1']],
    ['a value that is gone', ['FN:A', 'TEL:1', 'NOTE:x'], ['FN:A', 'TEL:1']],
    ['the property', ['FN:A', 'TITLE:x'], ['FN:A', 'ROLE:x']],
    ['the component', ['N:A;B', 'FN:x'], ['N:B;A', 'FN:x']],
    ['what is labelled', ['FN:A', 'a.TEL:1', 'a.X-ABLABEL:x', 'TEL:2'], ['FN:A', 'TEL:1', 'a.X-ABLABEL:x', 'a.TEL:2']],
    ['a picture', ['FN:A', 'PHOTO;ENCODING=b:AAAA'], ['FN:A', 'PHOTO;ENCODING=b:AAAB']],
    ['a formatted name that N does not give', ['N:Doe;Jane', 'FN:Janie'], ['N:Doe;Jane']],
    ['case of text', ['FN:a'], ['FN:A']],
    [
      'the card inside',
      ['FN:A', 'AGENT:\r\nBEGIN:VCARD\r\nFN:x\r\nEND:VCARD'],
      ['FN:A', 'AGENT:\r\nBEGIN:VCARD\r\nFN:y\r\nEND:VCARD'],
    ],
  ])('sees %s', (_, one, other) => {
    expect(digestOf(...one)).not.toBe(digestOf(...other))
  })

  test('is 64 hex digits, and of the bytes where nobody can read them', () => {
    expect(digestOf('FN:A')).toMatch(/^[0-9a-f]{64}$/)
    const garbage = (text: string) => meaningDigest(parseCard(Buffer.from(text)))
    expect(garbage('xyz')).not.toBe(garbage('xyzz'))
  })
})
