import { fileTypeFromBuffer } from 'file-type'
import type { Assessment } from '@/formats/content-lines/assessment'
import { ByteCursor } from './byte-cursor'

const headBytes = 4100
const cutOff: Assessment = { state: 'partial', missing: ['cut-off'] }
const complete: Assessment = { state: 'complete' }

/**
 * Says whether bytes are a photo and whether it is all there: JPEG to its EOI, PNG to its IEND, HEIC to the end of its last
 * box. It may stop reading before the end. Content decides, never the name.
 */
export async function assessPhotoBytes(chunks: AsyncIterable<Uint8Array>): Promise<Assessment> {
  const cursor = new ByteCursor(chunks)
  const head = await cursor.peek(headBytes)
  if (head.length === 0) return { state: 'damaged', reason: 'nothing-readable' }
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return (await jpegEnds(cursor)) ? complete : cutOff
  const type = await fileTypeFromBuffer(head)
  if (!type?.mime.startsWith('image/')) return { state: 'damaged', reason: type ? 'unsupported' : 'nothing-readable' }
  if (type.ext === 'png' || type.ext === 'apng') return (await pngEnds(cursor)) ? complete : cutOff
  if (type.ext === 'heic' || type.ext === 'avif') return (await boxesEnd(cursor)) ? complete : cutOff
  return complete
}

/** Segments are skipped by their length, so that the EOI of a thumbnail inside one is not taken for the photo's. */
async function jpegEnds(cursor: ByteCursor): Promise<boolean> {
  await cursor.skip(2)
  for (;;) {
    const [mark, kind, high, low] = await cursor.peek(4)
    if (mark !== 0xff || kind === undefined) return false
    if (kind === 0xd9) return true
    if (kind === 0xff) await cursor.skip(1)
    else if (high === undefined || low === undefined) return false
    else if (!(await cursor.skip(2 + ((high << 8) | low)))) return false
    // After SOS the picture's own data follows, where FF is never followed by D9 before the end (ITU-T T.81 B.1.1.5).
    if (kind === 0xda) return cursor.find(0xff, 0xd9)
  }
}

async function pngEnds(cursor: ByteCursor): Promise<boolean> {
  await cursor.skip(8)
  for (;;) {
    const head = Buffer.from(await cursor.peek(8))
    if (head.length < 8) return false
    // Length, type, data, CRC (PNG section 5.3).
    if (!(await cursor.skip(12 + head.readUInt32BE(0)))) return false
    if (head.toString('latin1', 4, 8) === 'IEND') return true
  }
}

/** ISO 14496-12 section 4.2: a size of 0 reaches to the end, of 1 stands in the next eight bytes. */
async function boxesEnd(cursor: ByteCursor): Promise<boolean> {
  for (;;) {
    const head = Buffer.from(await cursor.peek(16))
    if (head.length === 0) return true
    if (head.length < 8) return false
    const short = head.readUInt32BE(0)
    if (short === 0) return true
    if (short === 1 && head.length < 16) return false
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short
    if (size < 8 || !(await cursor.skip(size))) return false
  }
}
