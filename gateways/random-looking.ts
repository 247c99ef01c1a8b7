/**
 * Whether a secret may have been drawn at random: neither one part over and over, nor an alphabet or a count, which by chance no
 * secret of 16 characters or octets ever is.
 */
export function isRandomLooking(secret: string | Uint8Array): boolean {
  const codes = typeof secret === 'string' ? Array.from(secret, one => one.codePointAt(0)!) : [...secret]
  return !isRepeated(codes) && !isCounted(codes)
}

/** A part, again and again, the last time perhaps cut. */
function isRepeated(codes: number[]): boolean {
  for (let part = 1; part <= codes.length / 2; part++)
    if (codes.every((code, at) => at < part || code === codes[at - part])) return true
  return false
}

/** Three of four steps or more lead to the same, the next or the one before. */
function isCounted(codes: number[]): boolean {
  const steps = codes.slice(1).filter((code, at) => Math.abs(code - codes[at]!) <= 1).length
  return steps * 4 >= (codes.length - 1) * 3
}
