import type { Visit } from '@/app/_shell/visit'
import type { Category } from '@/domain/record/category'
import type { CategoryOverview } from '@/domain/record/read-overview'

/** The kinds of records one can look at, with how many there are of each. */
export function CategoryTabs({
  visit: { t, dates },
  overview,
  current,
}: {
  visit: Visit
  overview: CategoryOverview[]
  current: Category
}) {
  return (
    <nav aria-label={t('account.records.tabs')} className="screen-only">
      <ul className="flex flex-wrap gap-2">
        {overview.map(({ category, newest }) => {
          if (newest === null || newest.found === 0) return null
          const here = category === current
          return (
            <li key={category}>
              <a
                href={`/account/records/${newest.id}`}
                aria-current={here ? 'page' : undefined}
                className={`inline-flex min-h-11 items-center gap-2 rounded-control px-4 text-note no-underline ring-1 ring-inset ${here ? 'bg-accent-tint font-semibold text-ink ring-accent' : 'bg-card text-ink ring-line-strong hover:bg-accent-tint'}`}
              >
                {t(`shell.categories.${category}`)}
                <span className="num text-quiet">{dates.number(newest.found)}</span>
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
