import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readLines } from '@/formats/content-lines/read-lines'
import { awkwardBytes, collect, cutAt, cuts, streamOf } from './awkward-text'

const linesOf = (input: string | Buffer) => collect(readLines(streamOf([Buffer.from(input)])))
const texts = async (input: string | Buffer) => (await linesOf(input)).map(line => [line.name, line.text])

describe('readLines', () => {
  test('gives back every byte, with places that fit', async () => {
    await fc.assert(
      fc.asyncProperty(awkwardBytes, fc.integer({ min: 1, max: 40 }), async (bytes, maxLineBytes) => {
        for (const options of [{}, { maxLineBytes }]) {
          const lines = await collect(readLines(streamOf([bytes]), options))
          expect(Buffer.concat(lines.map(line => line.raw))).toEqual(bytes)
          let offset = 0
          for (const line of lines) {
            expect(line.offset).toBe(offset)
            expect(line.raw.length).toBe(line.length)
            offset += line.length
          }
        }
      }),
    )
  })

  test('reads the same whatever the chunks', async () => {
    await fc.assert(
      fc.asyncProperty(awkwardBytes, cuts, fc.integer({ min: 1, max: 60 }), async (bytes, places, maxLineBytes) => {
        for (const options of [{}, { maxLineBytes }]) {
          const whole = await collect(readLines(streamOf([bytes]), options))
          const cut = await collect(readLines(streamOf(cutAt(bytes, places)), options))
          expect(cut.map(line => [line.offset, line.length, line.flags, line.name, line.text])).toEqual(
            whole.map(line => [line.offset, line.length, line.flags, line.name, line.text]),
          )
        }
      }),
    )
  })

  test('takes every end of line there is', async () => {
    expect(await texts('A:1\r\nB:2\nC:3\rD:4\r\r\nE:5')).toEqual([
      ['A', '1'],
      ['B', '2'],
      ['C', '3'],
      ['D', '4'],
      ['E', '5'],
    ])
  })

  test('unfolds by space or tab, also inside a character', async () => {
    const inside = Buffer.concat([Buffer.from('NOTE:caf\xc3', 'latin1'), Buffer.from('\r\n \xa9!', 'latin1')])
    expect(await texts('NOTE:a\r\n b\n\tc\r  d\r\n')).toEqual([['NOTE', 'abc d']])
    expect(await texts(inside)).toEqual([['NOTE', 'café!']])
  })

  test('joins soft line breaks of quoted-printable, but never over BEGIN or END', async () => {
    expect(await texts('NOTE;QUOTED-PRINTABLE:one=\r\ntwo=20=\n three\r\nFN:x=\r\nTEL:1')).toEqual([
      ['NOTE', 'onetwo  three'],
      ['FN', 'x='],
      ['TEL', '1'],
    ])
    expect(await texts('NOTE;ENCODING=quoted-printable:cut=\r\nEND:VCARD\r\n')).toEqual([
      ['NOTE', 'cut'],
      ['END', 'VCARD'],
    ])
  })

  test('a blank line never goes on, and BEGIN or END stands alone even when indented', async () => {
    expect(await texts('\r\n FN:x\r\nTEL:1\r\n  END:VCARD\r\n  BEGIN:VCARD\r\n N:y')).toEqual([
      ['', ''],
      ['FN', 'x'],
      ['TEL', '1'],
      ['END', 'VCARD'],
      ['BEGIN', 'VCARD'],
      ['N', 'y'],
    ])
  })

  test('reads UTF-16 of both orders, with the places of the input', async () => {
    const text = '\ufeffFN:Zoë 😀\r\nNOTE:a\r\n b\r\n'
    const little = Buffer.from(text, 'utf16le')
    const big = Buffer.from(little).swap16()
    for (const bytes of [little, big]) {
      const odd = Buffer.concat([bytes, Buffer.from([0x41])])
      for (const size of [1, 3, 1000]) {
        const chunks = Array.from({ length: Math.ceil(odd.length / size) }, (_, i) =>
          odd.subarray(i * size, (i + 1) * size),
        )
        const lines = await collect(readLines(streamOf(chunks)))
        expect(lines.slice(0, 2).map(line => [line.name, line.text])).toEqual([
          ['FN', 'Zoë 😀'],
          ['NOTE', 'ab'],
        ])
        expect(Buffer.concat(lines.map(line => line.raw))).toEqual(odd)
        expect(lines[1]!.offset).toBe(2 * '\ufeffFN:Zoë 😀\r\n'.length)
      }
    }
  })

  test('a line of 10 MB in small chunks takes time linear in its length', async () => {
    const time = async (megabytes: number) => {
      const chunk = Buffer.from(`${'A'.repeat(1022)}\n `)
      const started = performance.now()
      const chunks = Array.from({ length: megabytes * 1024 }, () => chunk)
      const lines = await collect(readLines(streamOf([Buffer.from('PHOTO:'), ...chunks])))
      expect(lines).toHaveLength(1)
      expect(lines[0]!.text).toHaveLength(megabytes * 1024 * 1022)
      return performance.now() - started
    }
    await time(1)
    expect(await time(10)).toBeLessThan(Math.max(10, await time(2)) * 40)
  })
})
