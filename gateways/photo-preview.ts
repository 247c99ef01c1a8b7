import sharp, { type Metadata } from 'sharp'
import { Gate } from '@/gateways/gate'

const mostBytes = 80 * 1024 * 1024
const mostPixels = 120_000_000
/** Octets of pixels that are held at once where a picture cannot be read a few rows at a time. */
const mostHeld = 200_000_000
const mostSeconds = 10

// What draws vectors, unpacks documents or reads other files is never asked: a photo is one of these.
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Heif'].map(kind => `VipsForeignLoad${kind}`),
})
sharp.concurrency(1)
sharp.cache(false)

// Two at once are enough for people who look; more would take memory from those who restore.
const gate = new Gate(2)

/**
 * A small JPEG of a picture, turned as it was meant, at most `edge` pixels a side. Every piece of metadata, the place
 * above all, is left behind. Null where it cannot be drawn: unknown kind, too large, or HEIC, which this build cannot read.
 */
export function photoPreview(bytes: AsyncIterable<Uint8Array>, edge: number): Promise<Buffer<ArrayBuffer> | null> {
  return gate.pass(async () => {
    const whole = await readWhole(bytes)
    if (whole === null) return null
    try {
      return await drawn(whole, edge)
    } catch {
      return null
    }
  })
}

async function readWhole(bytes: AsyncIterable<Uint8Array>): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > mostBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function drawn(whole: Buffer, edge: number): Promise<Buffer<ArrayBuffer> | null> {
  // A photo that is cut off shows as far as it goes.
  const picture = sharp(whole, { failOn: 'none', limitInputPixels: mostPixels, animated: false })
  if (heldBy(await picture.metadata()) > mostHeld) return null
  const small = await picture
    .timeout({ seconds: mostSeconds })
    .autoOrient()
    .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 76, mozjpeg: true })
    .toBuffer()
  return Buffer.from(small)
}

/** Octets that are held while it is drawn: a JPEG of one scan is made small as it is read, and an upright PNG row by row. */
function heldBy({ format, width, height, channels, depth, isProgressive, orientation }: Metadata): number {
  const inRows = format === 'jpeg' || (format === 'png' && (orientation ?? 1) === 1)
  if (inRows && !isProgressive) return 0
  return width * height * channels * (depth === 'uchar' ? 1 : 2)
}
