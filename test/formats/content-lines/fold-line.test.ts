import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldLine } from '@/formats/content-lines/fold-line'
import { readLines } from '@/formats/content-lines/read-lines'
import { collect, streamOf } from './awkward-text'

describe('foldLine', () => {
  test('folds at 75 octets, and reading gives the line back', async () => {
    const piece = fc.constantFrom('a', ' ', '   ', 'é', '山', '😀', 'END:VCARD', 'x'.repeat(60))
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async pieces => {
        const value = pieces.join('')
        const folded = Buffer.from(foldLine(`NOTE:${value}`))
        for (const physical of folded.toString('latin1').split('\r\n')) expect(physical.length).toBeLessThanOrEqual(75)
        for (const physical of folded.toString('utf8').split('\r\n')) expect(physical).not.toContain('\ufffd')
        const [line, ...more] = await collect(readLines(streamOf([folded])))
        expect([line!.text, more]).toEqual([value, []])
      }),
      { numRuns: 500 },
    )
  })
})
