const highest = 10_000_000

/** Ordinals as "3-7_9": short enough for an address. */
export function writeRanges(ordinals: readonly number[]): string {
  const sorted = [...new Set(ordinals)].sort((a, b) => a - b)
  const ranges: [number, number][] = []
  for (const ordinal of sorted) {
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === ordinal - 1) last[1] = ordinal
    else ranges.push([ordinal, ordinal])
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join('_')
}

/** What `writeRanges` wrote; what is not of that form is left out, and no more than `most` are read. */
export function parseRanges(text: string, most = 10_000): number[] {
  const ordinals: number[] = []
  for (const part of text.split('_')) {
    const [, from = '', to = from] = /^(\d{1,8})(?:-(\d{1,8}))?$/.exec(part) ?? []
    if (from === '' || Number(to) > highest) continue
    for (let ordinal = Number(from); ordinal <= Number(to) && ordinals.length < most; ordinal++) ordinals.push(ordinal)
  }
  return ordinals
}
