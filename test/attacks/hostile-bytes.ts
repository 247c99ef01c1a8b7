import { crc32, deflateRawSync, deflateSync } from 'node:zlib'

/** Parts of files that say what they are not, or far more than they hold. */

export const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
export const u16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value & 0xffff)
  return bytes
}
const le16 = (value: number): Buffer => u16(value).reverse()
const le32 = (value: number): Buffer => u32(value).reverse()

export const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

export function pngChunk(kind: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  return Buffer.concat([u32(data.length), named, u32(crc32(named))])
}

/** `colour` 2: RGB, 6: RGBA. */
export const pngHeader = (width: number, height: number, depth = 8, colour = 2, interlaced = false): Buffer =>
  pngChunk('IHDR', Buffer.concat([u32(width), u32(height), Buffer.from([depth, colour, 0, 0, interlaced ? 1 : 0])]))

/** A PNG of nothing but zeros: a few kilobytes that unpack to width x height pixels. */
export function emptyPng(width: number, height: number, { depth = 8, colour = 2, interlaced = false } = {}): Buffer {
  const octets = Math.ceil(((colour === 6 ? 4 : 3) * width * depth) / 8) + 1
  // Interlaced rows are cut otherwise, and all zeros as well; a few more than enough do no harm.
  const rows = deflateSync(Buffer.alloc(octets * height + (interlaced ? height * 8 : 0)), { level: 1 })
  const head = pngHeader(width, height, depth, colour, interlaced)
  return Buffer.concat([pngSignature, head, pngChunk('IDAT', rows), pngChunk('IEND', Buffer.alloc(0))])
}

/** A segment of a JPEG (ITU-T T.81 B.1.1.4). */
export const jpegSegment = (kind: number, data: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, kind]), u16(data.length + 2), data])

/** Puts segments behind SOI, before all that the picture says of itself. */
export const withSegments = (jpeg: Buffer, ...segments: Buffer[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)])

/** Puts chunks behind IHDR. */
export const withChunks = (png: Buffer, ...chunks: Buffer[]): Buffer =>
  Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)])

/** Exif (TIFF, big-endian) with where it was taken, 47 degrees 37 minutes north, and a description (tag 0x010E). */
export function exifWithPlace(description: string): Buffer {
  const text = Buffer.from(`${description}\0`, 'latin1')
  const entry = (tag: number, type: number, count: number, value: Buffer) =>
    Buffer.concat([u16(tag), u16(type), u32(count), Buffer.concat([value, Buffer.alloc(4)]).subarray(0, 4)])
  const firstLength = 2 + 2 * 12 + 4
  const gpsAt = 8 + firstLength
  const gpsLength = 2 + 4 * 12 + 4
  const textAt = gpsAt + gpsLength
  const latitudeAt = textAt + text.length + (text.length % 2)
  const place = (degrees: number, minutes: number, hundredths: number) =>
    Buffer.concat([u32(degrees), u32(1), u32(minutes), u32(1), u32(hundredths), u32(100)])
  return Buffer.concat([
    Buffer.from('4d4d002a00000008', 'hex'),
    u16(2),
    entry(0x010e, 2, text.length, u32(textAt)),
    entry(0x8825, 4, 1, u32(gpsAt)),
    u32(0),
    u16(4),
    entry(1, 2, 2, Buffer.from('N\0')),
    entry(2, 5, 3, u32(latitudeAt)),
    entry(3, 2, 2, Buffer.from('W\0')),
    entry(4, 5, 3, u32(latitudeAt + 24)),
    u32(0),
    text,
    Buffer.alloc(text.length % 2),
    place(47, 37, 1380),
    place(122, 20, 5700),
  ])
}

export const xmpWithPlace = (description: string): Buffer =>
  Buffer.from(
    `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" exif:GPSLatitude="47,37.23N" exif:GPSLongitude="122,20.95W" dc:description="${description}"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`,
  )

/** A box (ISO 14496-12 section 4.2). */
export const box = (kind: string, ...parts: Buffer[]): Buffer => {
  const data = Buffer.concat(parts)
  return Buffer.concat([u32(data.length + 8), Buffer.from(kind, 'latin1'), data])
}

/** The beginning of a HEIC or AVIF that says it is of this size, and holds no picture. */
export const hugeHeif = (brand: 'heic' | 'avif', width: number, height: number): Buffer =>
  Buffer.concat([
    box('ftyp', Buffer.from(brand), u32(0), Buffer.from(`mif1${brand}`)),
    box(
      'meta',
      u32(0),
      box('hdlr', u32(0), u32(0), Buffer.from('pict'), Buffer.alloc(13)),
      box('pitm', u32(0), u16(1)),
      box(
        'iinf',
        u32(0),
        u16(1),
        box('infe', u32(0x02000000), u16(1), u16(0), Buffer.from(`${brand === 'heic' ? 'hvc1' : 'av01'}\0`)),
      ),
      box(
        'iprp',
        box('ipco', box('ispe', u32(0), u32(width), u32(height))),
        box('ipma', u32(0), u32(1), u16(1), Buffer.from([1, 1])),
      ),
      box('iloc', u32(0), u16(0x4400), u16(1), u16(1), u16(0), u16(1), u32(0), u32(16)),
    ),
    box('mdat', Buffer.alloc(16)),
  ])

/** A zip of one file, deflated. */
export function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content, { level: 9 })
  const [file, sum] = [Buffer.from(name), le32(crc32(content))]
  const sizes = Buffer.concat([sum, le32(packed.length), le32(content.length), le16(file.length), le16(0)])
  const common = Buffer.concat([le16(20), le16(0), le16(8), le32(0), sizes])
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, file, packed])
  const central = Buffer.concat([Buffer.from('PK\x01\x02'), le16(20), common, Buffer.alloc(14), file])
  const end = Buffer.concat([
    Buffer.from('PK\x05\x06'),
    le32(0),
    le16(1),
    le16(1),
    le32(central.length),
    le32(local.length),
    le16(0),
  ])
  return Buffer.concat([local, central, end])
}

/** A GIF with so many frames on a canvas of this size. */
export function gifOf(width: number, height: number, frames: number): Buffer {
  const frame = Buffer.from('21f90404010000002c000000000100010000024401003b', 'hex').subarray(0, 22)
  const head = Buffer.concat([
    Buffer.from('GIF89a'),
    le16(width),
    le16(height),
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
  ])
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from(';')])
}

/** A little-endian TIFF of this size without its pixels. */
export function hugeTiff(width: number, height: number): Buffer {
  const entry = (tag: number, value: number) => Buffer.concat([le16(tag), le16(4), le32(1), le32(value)])
  const entries = [
    entry(256, width),
    entry(257, height),
    entry(258, 8),
    entry(259, 1),
    entry(262, 1),
    entry(273, 8),
    entry(278, height),
    entry(279, 16),
  ]
  return Buffer.concat([
    Buffer.from('49492a0008000000', 'hex'),
    le16(entries.length),
    ...entries,
    le32(0),
    Buffer.alloc(16),
  ])
}

/** RIFF WebP whose canvas (VP8X) is of this size. */
export function hugeWebp(width: number, height: number): Buffer {
  const le24 = (value: number) => le32(value).subarray(0, 3)
  const vp8x = Buffer.concat([Buffer.from('VP8X'), le32(10), le32(2), le24(width - 1), le24(height - 1)])
  return Buffer.concat([Buffer.from('RIFF'), le32(vp8x.length + 4), Buffer.from('WEBP'), vp8x])
}
