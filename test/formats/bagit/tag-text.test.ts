import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type TagLine, TagTextError, tagLines } from '@/formats/bagit/tag-text'

async function* pieces(bytes: Uint8Array, sizes: number[]): AsyncIterable<Uint8Array> {
  // All in the same memory: whoever looks at an earlier piece sees another.
  const memory = Buffer.alloc(bytes.length)
  let at = 0
  for (const size of [...sizes, bytes.length]) {
    if (at >= bytes.length) return
    yield memory.subarray(0, Buffer.from(bytes).copy(memory, 0, at, at + size))
    at += size
  }
}

async function linesOf(bytes: Uint8Array, encoding = 'UTF-8', sizes: number[] = []): Promise<TagLine[]> {
  const lines: TagLine[] = []
  for await (const line of tagLines(pieces(bytes, sizes), encoding)) lines.push(line)
  return lines
}

const utf8 = (text: string) => new TextEncoder().encode(text)

it('splits at LF, CR and CRLF', async () => {
  const lines = await linesOf(utf8('a\nb\rc\r\nd'))
  expect(lines.map(line => [line.number, line.text, line.terminated])).toEqual([
    [1, 'a', true],
    [2, 'b', true],
    [3, 'c', true],
    [4, 'd', false],
  ])
})

it('gives the same lines however the bytes are cut', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a', 'é', '\u{1f600}', '\r', '\n', '\r\n', ' '), { maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 }),
      fc.constantFrom('UTF-8', 'UTF-16LE'),
      async (parts, sizes, encoding) => {
        const text = parts.join('')
        const bytes = encoding === 'UTF-8' ? utf8(text) : Buffer.from(text, 'utf16le')
        const lines = await linesOf(bytes, encoding, sizes)
        expect(lines).toEqual(await linesOf(bytes, encoding))
        const broken = text.split(/\r\n|\r|\n/)
        if (broken.at(-1) === '') broken.pop()
        expect(lines.map(line => line.text)).toEqual(broken)
      },
    ),
  ))

it('cuts a line that never ends and goes on after it', async () => {
  const lines = await linesOf(utf8(`${'x'.repeat(300_000)}\nafter\n`), 'UTF-8', Array(100).fill(4096))
  expect(lines.map(line => [line.text.length, line.cut])).toEqual([
    [65_536, true],
    [5, false],
  ])
})

it('leaves a byte-order mark out and says so where UTF-8 has one', async () => {
  expect(await linesOf(utf8('\ufeffa\n'))).toMatchObject([{ text: 'a', marked: true }])
  expect(await linesOf(Buffer.from('\ufeffa\n', 'utf16le'), 'UTF-16')).toMatchObject([{ text: 'a', marked: false }])
})

it.each([
  ['UTF-8', [0x61, 0xff, 0x0a], 'undecodable-text'],
  ['UTF-8', [0x61, 0xe2, 0x82], 'undecodable-text'],
  ['US-ASCII', [0xe9], 'undecodable-text'],
  ['UTF-16', [0x00, 0x61, 0x00], 'undecodable-text'],
  ['nothing-known', [0x61], 'unsupported-encoding'],
])('refuses %s bytes %j', async (encoding, bytes, code) => {
  const error = await linesOf(Uint8Array.from(bytes), encoding).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(TagTextError)
  expect(error).toMatchObject({ code })
})

it('reads ISO-8859-1 as that and not as windows-1252', async () => {
  expect((await linesOf(Uint8Array.from([0x80, 0xe9]), 'ISO-8859-1'))[0]?.text).toBe('\u0080é')
})

it('reads many short lines in one piece in good time', async () => {
  expect(await linesOf(utf8('0123456789abcdef  data/x\n'.repeat(200_000)))).toHaveLength(200_000)
}, 5000)
