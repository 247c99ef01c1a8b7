/** Characters by how wide a usual sans-serif face draws them, in pixels at 11 px, the narrow ones rounded up. */
const widths: [number, string][] = [
  [4, " ijlI.,:;!|'’`"],
  [5, 'frt()[]{}-/\\"°'],
  [6, 'ckszJ?vxy«»'],
  [7, 'abdeghnopquEFLTSZ0123456789_$€éèêëàâäçîïôöùûü*'],
  [8, 'ABCKPRVXYÀÂÉÈÊËÇÎÔÙÛ~+=<>^#'],
  [9, 'DGHNOQUw&'],
  [10, 'mM'],
  [11, 'W%@œŒæÆ—'],
]
const widthOf = new Map(widths.flatMap(([width, signs]) => [...signs].map(sign => [sign, width] as const)))
const wide = 11
const joining = /^[\p{Mn}\p{Me}\p{Cf}]$/u

/** About how wide a text is at 11 px, in whole pixels: rather too wide than too narrow. */
export function textWidth(text: string): number {
  let width = 0
  for (const sign of text) width += joining.test(sign) ? 0 : (widthOf.get(sign) ?? wide)
  return width
}
