import fc from 'fast-check'

const words = fc.constantFrom(
  'Ann',
  'Zoë',
  'ÅngStröm',
  '山田',
  '😀',
  'a,b',
  'a\\,b',
  'c;d',
  'c\\;d',
  '\\n',
  '\\N',
  '\\\\',
  '\\',
  '\\:',
  '\\q',
  ' ',
  '  ',
  '"',
  '^',
  '^n',
  '=',
  '=3D',
  'e\u0301',
  '\t',
  'tel:',
  '+1 202 555 0101',
  ';ext=12',
  'END:VCARD',
  'BEGIN:VCARD',
  'a very long run of words that has to be folded somewhere in the middle of it, ',
  '\x07',
  '',
)
const text = fc.array(words, { maxLength: 6 }).map(parts => parts.join(''))
const structured = fc.array(text, { maxLength: 9 }).map(parts => parts.join(';'))

const toQuotedPrintable = (value: string, breakAt: number): string => {
  const octets = [...Buffer.from(value)].map(byte =>
    byte === 0x3d || byte < 0x20 || byte > 0x7e
      ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
      : String.fromCharCode(byte),
  )
  return octets.map((octet, i) => (i > 0 && i % breakAt === 0 ? `=\r\n${octet}` : octet)).join('')
}

const names = fc.constantFrom(
  ...[
    'FN',
    'NICKNAME',
    'TEL',
    'EMAIL',
    'URL',
    'NOTE',
    'TITLE',
    'CATEGORIES',
    'UID',
    'REV',
    'GEO',
    'TZ',
    'IMPP',
    'KIND',
    'MEMBER',
  ],
  ...[
    'GENDER',
    'X-GENDER',
    'RELATED',
    'X-ABLABEL',
    'X-Foo_Bar',
    'x-skype',
    'PRODID',
    'SORT-STRING',
    'AGENT',
    'PROFILE',
    'LABEL',
  ],
)
const structuredNames = fc.constantFrom('N', 'ADR', 'ORG')
const groups = fc.constantFrom('', '', '', 'item1.', 'ITEM1.', 'item2.', 'a b.')
const params = fc.array(
  fc.constantFrom(
    ...[
      ';TYPE=HOME',
      ';TYPE=home,CELL',
      ';type=pref',
      ';TYPE="work,voice"',
      ';PREF=1',
      ';PREF=2',
      ';VALUE=uri',
      ';VALUE=text',
    ],
    ...[
      ';LANGUAGE=FR',
      ';X-A="a:b;c"',
      ";X-A=^n^'^^",
      ';HOME',
      ';VOICE;CELL',
      ';CHARSET=UTF-8',
      ';ALTID=1',
      ';X_B=é',
      ';TYPE=',
      ';MEDIATYPE=text/x',
    ],
  ),
  { maxLength: 3 },
)
const dates = fc.constantFrom(
  '1980-02-03',
  '19800203',
  '--0203',
  '--02-03',
  '1604-02-03',
  '1980',
  '0000',
  '1980-02-03T10:00:00Z',
)

const line = fc.oneof(
  fc
    .tuple(groups, names, params, text)
    .map(([group, name, extra, value]) => `${group}${name}${extra.join('')}:${value}`),
  fc
    .tuple(groups, names, params, text)
    .map(([group, name, extra, value]) => `${group}${name}${extra.join('')}:${value}`),
  fc
    .tuple(groups, structuredNames, params, structured)
    .map(([group, name, extra, value]) => `${group}${name}${extra.join('')}:${value}`),
  fc
    .tuple(groups, fc.oneof(names, structuredNames), structured, fc.integer({ min: 5, max: 60 }))
    .map(
      ([group, name, value, at]) =>
        `${group}${name};ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:${toQuotedPrintable(value, at)}`,
    ),
  dates.map(date => `BDAY:${date}`),
  dates.map(date => `BDAY;X-APPLE-OMIT-YEAR=1604:${date}`),
  dates.map(date => `ANNIVERSARY;VALUE=date:${date}`),
  fc.constantFrom(
    'GEO:geo:37.386013,-122.082932',
    'GEO:37.386013;-122.082932',
    'TEL;VALUE=uri:tel:+1-202-555-0101;ext=9',
  ),
  fc.constantFrom(
    'loose line',
    ':no name',
    'N A M E:x',
    'item1.BEGIN:VCARD',
    'X-HOMEWARD-LINE:kept, before',
    'X-N:Doe',
  ),
  fc
    .tuple(
      fc.constantFrom(
        'PHOTO;ENCODING=b;TYPE=JPEG:',
        'PHOTO;JPEG;BASE64:',
        'PHOTO:data:image/jpeg;base64,',
        'NOTE;ENCODING=b:',
        'KEY;ENCODING=B:',
      ),
      fc.oneof(
        fc.uint8Array({ maxLength: 90 }).map(bytes => Buffer.from(bytes).toString('base64')),
        fc.constantFrom('!?', 'AAAA'),
      ),
    )
    .map(([header, value]) => header + value),
  text.map(value => `AGENT:BEGIN:VCARD\\nVERSION:3.0\\nFN:${value.replace(/[\r\n]/g, '')}\\nEND:VCARD\\n`),
  text.map(value => `AGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\nFN:${value}\r\nTEL;HOME:1\r\nEND:VCARD`),
  fc.constant('BEGIN:X-THING\r\nX-A:b\r\nEND:X-THING'),
)

const fold = (written: string, at: number): string =>
  written.includes('\r\n') || written.length <= at ? written : `${written.slice(0, at)}\r\n ${written.slice(at)}`

/** A card of any version as some device may have written it. */
export const awkwardCard = fc
  .tuple(
    fc.constantFrom('2.1', '3.0', '4.0'),
    fc.array(
      fc.tuple(line, fc.integer({ min: 4, max: 120 })).map(([written, at]) => fold(written, at)),
      { maxLength: 12 },
    ),
  )
  .map(([version, lines]) => ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n'))

export const card = (...lines: string[]): Buffer => Buffer.from(['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n'))
