export interface MeterPart {
  count: number
  kind: 'ok' | 'partial' | 'damaged' | 'busy' | 'gone'
}

const fills: Record<MeterPart['kind'], string> = {
  ok: 'fill-ok',
  busy: 'fill-busy',
  partial: 'fill-[url(#meter-stripes)]',
  damaged: 'fill-bad',
  gone: 'fill-line-strong',
}

/**
 * Parts of a whole as one bar; `label` says the same in words. Drawn as SVG attributes because the
 * page's policy allows no style attribute. A part that is not nothing is never too thin to see.
 */
export function Meter({ parts, label }: { parts: MeterPart[]; label: string }) {
  const total = parts.reduce((sum, part) => sum + part.count, 0)
  const widths = parts.map(part => (total === 0 || part.count === 0 ? 0 : Math.max(0.8, (100 * part.count) / total)))
  const scale =
    100 /
    Math.max(
      100,
      widths.reduce((sum, width) => sum + width, 0),
    )
  let x = 0
  return (
    <svg
      role="img"
      aria-label={label}
      className="block h-3 w-full overflow-hidden rounded-md bg-gone-tint"
      focusable="false"
    >
      <defs>
        <pattern id="meter-stripes" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="8" height="8" className="fill-you-tint" />
          <rect width="4" height="8" className="fill-you" />
        </pattern>
      </defs>
      {parts.map((part, index) => {
        const width = (widths[index] ?? 0) * scale
        const from = x
        x += width
        return <rect key={part.kind} x={`${from}%`} width={`${width}%`} height="100%" className={fills[part.kind]} />
      })}
    </svg>
  )
}
