import { type Standing, StandingIcon } from '@/app/_ui/icon'
import { standingInk } from '@/app/_ui/standing'

interface StateTab {
  key: string
  href: string
  word: string
  count: string
  /** Null: all of them, which has no shape of its own. */
  standing: Standing | null
  current: boolean
}

/** The states that a list can be narrowed to, each with its shape, word and number. */
export function StateTabs({ label, tabs }: { label: string; tabs: StateTab[] }) {
  return (
    <nav aria-label={label} className="screen-only">
      <ul className="flex flex-wrap gap-2">
        {tabs.map(tab => (
          <li key={tab.key}>
            <a
              href={tab.href}
              aria-current={tab.current ? 'page' : undefined}
              className={`inline-flex min-h-8 items-center gap-1.5 rounded-full px-3 no-underline ring-inset hover:underline ${
                tab.current
                  ? 'bg-accent-tint font-semibold text-ink ring-2 ring-accent hover:text-ink'
                  : 'text-ink ring-1 ring-line-strong hover:text-ink'
              }`}
            >
              {tab.standing === null ? null : (
                <StandingIcon standing={tab.standing} className={`size-4 ${standingInk[tab.standing]}`} />
              )}
              {tab.word} <span className="num text-quiet">{tab.count}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
