import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Gate } from '@/gateways/gate'
import { photoPreview } from '@/gateways/photo-preview'
import { emptyPng, hugeTiff } from '@/test/attacks/hostile-bytes'

async function* one(bytes: Buffer) {
  yield bytes
}
const svg = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
)

describe('a preview', () => {
  it.each([
    ['a drawing', svg],
    ['a packed drawing', gzipSync(svg)],
    ['a TIFF', hugeTiff(9, 9)],
    [
      'an interlaced picture that would be held whole',
      emptyPng(5_400, 5_400, { depth: 16, colour: 6, interlaced: true }),
    ],
  ])('is not made of %s', async (_what, bytes) => {
    expect(await photoPreview(one(bytes), 100)).toBeNull()
  })

  it.each([
    ['of a small interlaced picture', emptyPng(40, 30, { interlaced: true })],
    ['of a large one that is read row by row', emptyPng(9_000, 9_000)],
  ])('is made %s', async (_what, bytes) => {
    const preview = await photoPreview(one(bytes), 100)
    expect(preview?.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
  })

  it('leaves the way free for the next one when reading fails', async () => {
    const broken = async function* (): AsyncIterable<Uint8Array> {
      yield Buffer.alloc(1)
      throw new Error('gone')
    }
    for (let time = 0; time < 5; time++) await expect(photoPreview(broken(), 100)).rejects.toThrow('gone')
    expect(await photoPreview(one(emptyPng(4, 4)), 100)).not.toBeNull()
  })
})

describe('a gate', () => {
  it('lets so many through at once, in the order in which they came', async () => {
    const gate = new Gate(2)
    const began: number[] = []
    let inside = 0
    let most = 0
    const pass = (number: number) =>
      gate.pass(async () => {
        began.push(number)
        most = Math.max(most, ++inside)
        await new Promise(resolve => setTimeout(resolve, 5))
        inside--
        if (number % 3 === 0) throw new Error('no')
        return number
      })
    const all = await Promise.allSettled(Array.from({ length: 12 }, (_, number) => pass(number)))
    expect(most).toBe(2)
    expect(began).toEqual([...began].sort((a, b) => a - b))
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
  })
})
