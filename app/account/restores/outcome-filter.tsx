import type { Visit } from '@/app/_shell/visit'
import { type Outcome, outcomes } from '@/domain/restore/outcome'

/** The list narrowed to what became of the records. */
export function OutcomeFilter({
  visit: { t, dates },
  here,
  counts,
  current,
}: {
  visit: Visit
  here: string
  counts: Map<string, number>
  current: Outcome | null
}) {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const choices = [
    { key: null, label: t('requests.report.all'), count: total },
    ...outcomes.map(key => ({ key, label: t(`reasons.outcomes.${key}`), count: counts.get(key) ?? 0 })),
  ].filter(({ key, count }) => key === null || count > 0 || key === current)
  return (
    <nav aria-label={t('requests.report.filter')} className="screen-only flex flex-wrap gap-x-5 text-note">
      {choices.map(({ key, label, count }) => (
        <a
          key={key ?? 'all'}
          href={key === null ? here : `${here}?outcome=${key}`}
          aria-current={key === current ? 'true' : undefined}
          className={`num inline-flex min-h-11 items-center ${key === current ? 'font-semibold text-ink no-underline' : ''}`}
        >
          {`${label} (${dates.number(count)})`}
        </a>
      ))}
    </nav>
  )
}
