import type { Visit } from '@/app/_shell/visit'
import type { DayOfFigures } from '@/domain/triage/figures/read-figures'

const height = 120
const width = 720

/**
 * Two bars a day, told apart by fill and outline as well as by colour: what arrived is hollow, what was decided is full.
 * Drawn as SVG attributes because the page's policy allows no style attribute.
 */
export function DayChart({ visit: { t, dates }, days }: { visit: Visit; days: DayOfFigures[] }) {
  const decided = (one: DayOfFigures) => one.approved + one.declined
  const most = Math.max(1, ...days.map(one => Math.max(one.arrived, decided(one))))
  const step = width / days.length
  const bar = Math.max(1.5, step * 0.36)
  const tall = (count: number) => (count === 0 ? 0 : Math.max(2, (height * count) / most))
  const [first, last] = [days[0], days.at(-1)]
  const dayName = (one: DayOfFigures | undefined) => (one ? dates.day(new Date(`${one.day}T00:00:00Z`), 'UTC') : '')
  return (
    <figure className="grid gap-2">
      <svg
        role="img"
        aria-label={t('figures.chart', { most: dates.number(most) })}
        viewBox={`0 0 ${width} ${height + 4}`}
        className="block h-36 w-full"
        preserveAspectRatio="none"
        focusable="false"
      >
        <line x1="0" x2={width} y1={height + 2} y2={height + 2} className="stroke-line-strong" strokeWidth="1" />
        {days.map((one, at) => {
          const middle = step * (at + 0.5)
          const [came, went] = [tall(one.arrived), tall(decided(one))]
          return (
            <g key={one.day}>
              <rect
                x={middle - bar}
                y={height + 1 - came}
                width={bar - 1}
                height={came}
                className="fill-card stroke-ink"
                strokeWidth="1"
                vectorEffect="non-scaling-stroke"
              />
              <rect x={middle + 0.5} y={height + 1 - went} width={bar - 1} height={went} className="fill-accent" />
            </g>
          )
        })}
      </svg>
      <div className="flex justify-between text-note text-quiet">
        <span>{dayName(first)}</span>
        <span>{dayName(last)}</span>
      </div>
      <figcaption className="flex flex-wrap gap-x-6 gap-y-1 text-note">
        {(['arrived', 'decided'] as const).map(name => (
          <span key={name} className="inline-flex items-center gap-2">
            <svg viewBox="0 0 12 12" className="size-3" aria-hidden="true" focusable="false">
              <rect
                x="1"
                y="1"
                width="10"
                height="10"
                className={name === 'arrived' ? 'fill-card stroke-ink' : 'fill-accent stroke-accent'}
                strokeWidth="1.5"
              />
            </svg>
            {t(`figures.${name}`)}
          </span>
        ))}
      </figcaption>
    </figure>
  )
}
