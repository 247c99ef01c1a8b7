/**
 * File names are bytes and keys are text. A name that is not UTF-8 keeps its stray bytes as lone surrogates U+DC80 to
 * U+DCFF, so that every file has a key of its own, no real name collides with one, and the way back is exact.
 * `latin1` is the name with one character per byte, as Node reads it in that encoding.
 */
export function nameFromBytes(latin1: string): string {
  if (/^[\x20-\x7e]*$/.test(latin1)) return latin1
  const bytes = Buffer.from(latin1, 'latin1')
  const text = bytes.toString('utf8')
  if (Buffer.from(text).equals(bytes)) return text
  let name = ''
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at)
    name += length === 0 ? String.fromCharCode(0xdc00 + bytes[at]!) : bytes.toString('utf8', at, at + length)
    at += length || 1
  }
  return name
}

/** The bytes of a key, or of any part of one: UTF-8, with stray bytes put back. */
export function pathFromKey(key: string): Buffer {
  if (!/[\udc80-\udcff]/u.test(key)) return Buffer.from(key)
  return Buffer.concat(
    [...key].map(character => {
      const stray = /^[\udc80-\udcff]$/u.test(character)
      return stray ? Buffer.from([character.charCodeAt(0) - 0xdc00]) : Buffer.from(character)
    }),
  )
}

/** Bytes of the well-formed UTF-8 sequence that begins at `at`, 0 where none does. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at]!
  if (lead < 0x80) return 1
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
  const sequence = bytes.subarray(at, at + length)
  const text = sequence.toString('utf8')
  return sequence.length === length && [...text].length === 1 && Buffer.from(text).equals(sequence) ? length : 0
}
