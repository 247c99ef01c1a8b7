import sharp from 'sharp'

const mostBytes = 80 * 1024 * 1024
const mostPixels = 120_000_000

// Two at once are enough for people who look; more would take memory from those who restore.
sharp.concurrency(1)
sharp.cache(false)

/**
 * A small JPEG of a picture, turned as it was meant, at most `edge` pixels a side. Every piece of metadata, the place
 * above all, is left behind. Null where it cannot be drawn: unknown kind, too large, or HEIC, which this build cannot read.
 */
export async function photoPreview(
  bytes: AsyncIterable<Uint8Array>,
  edge: number,
): Promise<Buffer<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > mostBytes) return null
    chunks.push(chunk)
  }
  try {
    // A photo that is cut off shows as far as it goes.
    const picture = sharp(Buffer.concat(chunks), { failOn: 'none', limitInputPixels: mostPixels, animated: false })
    const drawn = await picture
      .autoOrient()
      .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 76, mozjpeg: true })
      .toBuffer()
    return Buffer.from(drawn)
  } catch {
    return null
  }
}
