import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldLine } from '@/formats/content-lines/fold-line'
import { parseCard } from '@/formats/vcard/read-cards'
import { toVcard3, unfoldedVcard3 } from '@/formats/vcard/to-vcard3'
import { awkwardCard, card } from './awkward-cards'

const pushed = (...lines: string[]): string[] =>
  written(card(...lines))
    .replace(/\r\n /g, '')
    .split('\r\n')
    .slice(3, -2)
const written = (bytes: Buffer): string => Buffer.from(toVcard3(parseCard(bytes), { uid: 'u-1' })).toString('utf8')

/** RFC 2426 section 4, as strict as the servers are that refuse a whole card for one line. */
const line3 = /^(?:[A-Za-z0-9-]+\.)?[A-Za-z0-9-]+(?:;[A-Za-z0-9-]+=(?:"[^"]+"|[^";:,]+)(?:,(?:"[^"]+"|[^";:,]+))*)*:/

const plainHeaders =
  'FN N ORG ADR ADR;TYPE=home TEL item1.TEL;type=CELL tel TEL;HOME EMAIL;TYPE=INTERNET NOTE TITLE URL;PREF=1 CATEGORIES ' +
  'g.CATEGORIES GEO NICKNAME BDAY ANNIVERSARY X-ANNIVERSARY AGENT PHOTO LOGO;VALUE=uri KEY PROFILE KIND MEMBER PRODID REV ' +
  'x_odd X-A;X-P="a;b" BEGIN'
const plainHeader = fc.constantFrom(...plainHeaders.split(' '))
const plainWords =
  'Ann a , ; ;;; \\, \\; \\n \\ \\: : " é VCARD --0203 tel:+1 geo:1,2 geo:1\\,2 data:image/png;base64\\,AAAA http://a.example/b'
const plainWord = fc.constantFrom(...plainWords.split(' '), ' ', '\t', 'w'.repeat(34), 'w'.repeat(60))
const plainValue = fc.array(plainWord, { maxLength: 7 }).map(parts => parts.join(''))
const lineEnd = fc.constantFrom('\r\n', '\r\n', '\r\n', '\r\n', '\n', '\r', '\r\r\n', '\r\n\r\n')

describe('toVcard3', () => {
  test('is vCard 3.0 whatever it is made of', () => {
    fc.assert(
      fc.property(awkwardCard, text => {
        const bytes = toVcard3(parseCard(Buffer.from(text)), { uid: 'u-1' })
        const physical = Buffer.from(bytes).toString('latin1').split('\r\n')
        expect(physical.pop()).toBe('')
        for (const line of physical) expect(line.length).toBeLessThanOrEqual(75)
        expect(Buffer.from(Buffer.from(bytes).toString('utf8'))).toEqual(Buffer.from(bytes))
        const lines = Buffer.from(bytes).toString('utf8').replace(/\r\n /g, '').split('\r\n').slice(0, -1)
        expect(lines.slice(0, 3)).toEqual(['BEGIN:VCARD', 'VERSION:3.0', 'UID:u-1'])
        expect(lines.at(-1)).toBe('END:VCARD')
        for (const line of lines) {
          expect(line).toMatch(line3)
          expect(line).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f]/)
        }
        const named = (name: RegExp) => lines.filter(line => name.test(line)).length
        expect(named(/^(?:[\w-]+\.)?FN[;:]/i)).toBeGreaterThan(0)
        expect(named(/^(?:[\w-]+\.)?N[;:]/i)).toBe(1)
        expect(named(/^(?:[\w-]+\.)?(?:BEGIN|END|VERSION|UID):/i)).toBe(4)
      }),
      { numRuns: 400 },
    )
  })

  test('writing what was written changes nothing', () => {
    fc.assert(
      fc.property(awkwardCard, text => {
        const once = written(Buffer.from(text))
        expect(written(Buffer.from(once)).split('\r\n').sort()).toEqual(once.split('\r\n').sort())
      }),
      { numRuns: 200 },
    )
  })

  test('copies whole lines only where taking them apart gives the same', () => {
    const bytes = fc.array(fc.tuple(plainHeader, plainValue, lineEnd), { minLength: 1, maxLength: 8 }).map(lines => {
      const body = lines.map(([header, value, end]) => `${header}:${value}${end}`).join('')
      return Buffer.from(`BEGIN:VCARD\r\nVERSION:3.0\r\n${body}END:VCARD\r\n`)
    })
    fc.assert(
      fc.property(
        fc.oneof(
          bytes,
          awkwardCard.map(text => Buffer.from(text)),
        ),
        given => {
          const parsed = parseCard(given)
          const apart = unfoldedVcard3(parsed, 'u-1').map(foldLine).join('')
          expect(Buffer.from(toVcard3(parsed, { uid: 'u-1' })).toString('utf8')).toBe(apart)
        },
      ),
      { numRuns: 4000 },
    )
  })

  test('keeps the lines that 3.0 allows to the letter', () => {
    const lines = [
      'N:Doe;Jane',
      'FN:Jane Doe',
      'item1.TEL;type=CELL;type="x;y":+1 202 555 0101',
      'item1.X-ABLabel:_$!<Mobile>!$_',
      'x-anything;x-p=é:v;w',
      'ADR;TYPE=home:;;1 Main St\\, 2;Town',
      'CATEGORIES:a,b\\,c',
      'BDAY:19800203',
      'REV:20091001T000000Z',
    ]
    expect(pushed('VERSION:3.0', ...lines)).toEqual(lines)
  })

  test.each([
    [
      'quoted-printable and charsets',
      'NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:caf=C3=A9=0D=0Aau lait, oui',
      'NOTE:café\\nau lait\\, oui',
    ],
    ['Latin-1', 'TITLE;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:=E9', 'TITLE:é'],
    ['bare types', 'TEL;HOME;VOICE:1', 'TEL;TYPE=HOME;TYPE=VOICE:1'],
    ['base64', 'PHOTO;JPEG;BASE64:AAAA', 'PHOTO;ENCODING=b;TYPE=JPEG:AAAA'],
    ['data: URIs', 'PHOTO:data:image/png;base64,AAAA', 'PHOTO;ENCODING=b;TYPE=PNG:AAAA'],
    [
      'tel: URIs',
      'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-202-555-0101;ext=7',
      'TEL;TYPE=PREF;TYPE=voice,home:+1-202-555-0101 ext. 7',
    ],
    ['geo: URIs', 'GEO:geo:37.38,-122.08', 'GEO:37.38;-122.08'],
    ['properties of 4.0', 'ANNIVERSARY:20090808', 'X-ANNIVERSARY:20090808'],
    ['kinds', 'KIND:group', 'X-ADDRESSBOOKSERVER-KIND:group'],
    ['birthdays without a year', 'BDAY:--0203', 'BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03'],
    ['bare commas', 'URL:http://example.org/?a=1,2', 'URL:http://example.org/?a=1\\,2'],
    ['escapes of nothing', 'URL:http\\://example.org', 'URL:http://example.org'],
    ['underscores', 'X_A:1', 'X-A:1'],
    ['quotes in parameters', "TEL;X-A=a^'b^nc:1", "TEL;X-A=a^'b^nc:1"],
    ['lines that are none', 'lost; and found', 'X-HOMEWARD-LINE:lost\\; and found'],
  ])('converts %s', (_, line, expected) => {
    expect(pushed('FN:x', 'N:x', line)).toEqual(['FN:x', 'N:x', expected])
  })

  test('names stand one a line, a second N as text', () => {
    expect(pushed('FN:x', 'N:a;b', 'N:c;d', 'NICKNAME:e,f', 'BDAY:1', 'BDAY:', 'BDAY:2')).toEqual([
      'FN:x',
      'N:a;b',
      'X-N:c;d',
      'NICKNAME:e',
      'NICKNAME:f',
      'BDAY:1',
      'X-BDAY:2',
    ])
  })

  test.each([
    [['N:Doe;Jane;Q;Dr.;'], ['FN:Dr. Jane Q Doe', 'N:Doe;Jane;Q;Dr.;']],
    [['FN:Jane Doe'], ['N:Doe;Jane;;;', 'FN:Jane Doe']],
    [['FN:Doe\\, Jane'], ['N:Doe;Jane;;;', 'FN:Doe\\, Jane']],
    [['FN:Cher'], ['N:;Cher;;;', 'FN:Cher']],
    [['ORG:Example;Sales'], ['FN:Example Sales', 'N:;;;;', 'ORG:Example;Sales']],
    [['TEL:1'], ['FN:1', 'N:;;;;', 'TEL:1']],
  ])('completes the name of %j', (lines, expected) => {
    expect(pushed(...lines)).toEqual(expected)
  })

  test('a card inside a card is the text of AGENT', () => {
    expect(pushed('FN:x', 'N:x', 'AGENT:\r\nBEGIN:VCARD\r\nN:a;b\r\nEND:VCARD')).toEqual([
      'FN:x',
      'N:x',
      'AGENT:BEGIN:VCARD\\nVERSION:3.0\\nFN:b a\\nN:a\\;b\\nEND:VCARD\\n',
    ])
  })
})
