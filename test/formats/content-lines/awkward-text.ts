import fc from 'fast-check'

const fragments = [
  'BEGIN:VCARD',
  'END:VCARD',
  'begin:vcard',
  ' END:VCARD',
  'END:VCARDBEGIN:VCARD',
  'BEGIN:VCALENDAR',
  'END:VCALENDAR',
  'BEGIN:VEVENT',
  'END:VEVENT',
  'BEGIN:VALARM',
  'END:VALARM',
  'VERSION:2.1',
  'VERSION:3.0',
  'AGENT:',
  'FN:Ann',
  'NOTE;ENCODING=QUOTED-PRINTABLE:caf=C3=A9=',
  'item1.TEL;TYPE="a:b",c;X=^n:+1 202 555 0101',
  'PHOTO;ENCODING=b:AAAA',
  '\r',
  '\n',
  '\r\n',
  '\r\n',
  '\r\r\n',
  ' ',
  '\t',
  '=',
  ':',
  ';',
  '"',
  '\0',
  '\x1a',
  'é',
  '😀',
]
const rawBytes = [Buffer.from([0xff]), Buffer.from([0xc3]), Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from([0x80, 0x81])]

/** Bytes made of what trips content-line readers up. */
export const awkwardBytes = fc
  .array(fc.constantFrom(...fragments.map(text => Buffer.from(text)), ...rawBytes), { maxLength: 40 })
  .map(parts => Buffer.concat(parts))

/** Cuts bytes at arbitrary places. */
export function cutAt(bytes: Buffer, places: number[]): Buffer[] {
  const sorted = [...new Set(places.map(place => place % (bytes.length + 1)))].sort((a, b) => a - b)
  const chunks: Buffer[] = []
  let from = 0
  for (const to of [...sorted, bytes.length]) {
    chunks.push(Buffer.from(bytes.subarray(from, to)))
    from = to
  }
  return chunks
}

export const cuts = fc.array(fc.nat({ max: 4000 }), { maxLength: 30 })

export async function* streamOf(chunks: Iterable<Uint8Array>): AsyncIterable<Uint8Array> {
  yield* chunks
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
