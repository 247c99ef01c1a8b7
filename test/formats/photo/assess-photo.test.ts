import fc from 'fast-check'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { assessPhotoBytes } from '@/formats/photo/assess-photo'

/** Every piece in the same memory: whoever looks at an earlier one sees another. */
async function* pieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  const memory = Buffer.alloc(size)
  for (let at = 0; at < bytes.length; at += size) {
    const length = Buffer.from(bytes).copy(memory, 0, at, at + size)
    yield memory.subarray(0, length)
  }
}
const assessed = (bytes: Uint8Array, size = bytes.length || 1) => assessPhotoBytes(pieces(bytes, size))

const cutOff = { state: 'partial', missing: ['cut-off'] }
let jpeg: Buffer
let progressive: Buffer
let png: Buffer
beforeAll(async () => {
  const noise = Buffer.from(Array.from({ length: 64 * 64 * 3 }, (_, i) => (i * 7919) % 251))
  const picture = sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
  jpeg = await picture.clone().jpeg().toBuffer()
  progressive = await picture.clone().jpeg({ progressive: true }).toBuffer()
  png = await picture.clone().png().toBuffer()
})

/** A JPEG whose EXIF segment holds a whole thumbnail, end marker included. */
function withThumbnail(): Buffer {
  const length = Buffer.from([0xff, 0xe1, (jpeg.length + 2) >> 8, (jpeg.length + 2) & 0xff])
  return Buffer.concat([jpeg.subarray(0, 2), length, jpeg, jpeg.subarray(2)])
}

const box = (type: string, content: Buffer, size = content.length + 8): Buffer => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(size, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}
const heic = () =>
  Buffer.concat([
    box('ftyp', Buffer.from('heic\0\0\0\0mif1heic')),
    box('meta', Buffer.alloc(90)),
    box('mdat', Buffer.alloc(500, 7)),
  ])

describe('whole photos', () => {
  it('are complete, whatever their kind', async () => {
    const webp = await sharp(jpeg).webp().toBuffer()
    for (const photo of [jpeg, progressive, png, heic(), webp, withThumbnail()]) {
      expect(await assessed(photo)).toEqual({ state: 'complete' })
    }
  })

  it('may have something behind them', async () => {
    for (const photo of [jpeg, png]) {
      expect(await assessed(Buffer.concat([photo, Buffer.alloc(300, 1)]))).toEqual({ state: 'complete' })
    }
  })

  it('may end in a box without size, or have a long one', async () => {
    const open = Buffer.concat([box('ftyp', Buffer.from('heic\0\0\0\0mif1heic')), box('mdat', Buffer.alloc(50), 0)])
    expect(await assessed(open)).toEqual({ state: 'complete' })
    const long = Buffer.alloc(24)
    long.writeUInt32BE(1, 0)
    long.write('mdat', 4)
    long.writeBigUInt64BE(24n, 8)
    expect(await assessed(Buffer.concat([heic(), long]))).toEqual({ state: 'complete' })
    expect(await assessed(Buffer.concat([heic(), long.subarray(0, 23)]))).toEqual(cutOff)
  })
})

it('finds every cut, however the bytes arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('jpeg', 'progressive', 'png', 'heic', 'thumbnail'),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      fc.integer({ min: 1, max: 700 }),
      async (kind, share, size) => {
        const photo = { jpeg, progressive, png, heic: heic(), thumbnail: withThumbnail() }[kind]
        const cut = Math.max(40, Math.floor(photo.length * share))
        expect(await assessed(photo, size)).toEqual({ state: 'complete' })
        // What is left of a container at the end of a box looks whole: nothing says that another box followed.
        if (kind !== 'heic' || ![24, 122].includes(cut))
          expect(await assessed(photo.subarray(0, cut), size)).toEqual(cutOff)
      },
    ),
    { numRuns: 200 },
  )
})

it.each([
  ['nothing', Buffer.alloc(0), 'nothing-readable'],
  ['zeros', Buffer.alloc(5000), 'nothing-readable'],
  ['text', Buffer.from('not a photo'), 'nothing-readable'],
  ['a PDF', Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'unsupported'],
  ['a zip', Buffer.from('504b0304140000000000', 'hex'), 'unsupported'],
])('%s is no photo', async (_, bytes, reason) => {
  expect(await assessed(bytes)).toEqual({ state: 'damaged', reason })
})

it('takes two bytes of a JPEG for none', async () => {
  expect(await assessed(Buffer.from([0xff, 0xd8]))).toEqual({ state: 'damaged', reason: 'nothing-readable' })
  expect(await assessed(Buffer.from([0xff, 0xd8, 0xff]))).toEqual(cutOff)
})
