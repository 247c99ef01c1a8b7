import type { Visit } from '@/app/_shell/visit'
import { mayEver } from '@/domain/policy'

/** The parts of the carrier's console, the one that is shown marked. */
export function CarrierTabs({
  visit,
  here,
}: {
  visit: Visit
  here: 'notices' | 'overview' | 'templates' | 'suppressions'
}) {
  const { t, actor } = visit
  const tabs = [
    { key: 'notices', href: '/carrier', offered: true },
    { key: 'overview', href: '/carrier/overview', offered: mayEver(actor, 'dashboard.read') },
    { key: 'templates', href: '/carrier/templates', offered: 'carrierId' in actor && actor.carrierId !== null },
    { key: 'suppressions', href: '/carrier/suppressions', offered: mayEver(actor, 'suppression.manage') },
  ] as const
  return (
    <nav aria-label={t('notices.tabs.label')} className="screen-only">
      <ul className="flex flex-wrap gap-x-6 border-line border-b">
        {tabs
          .filter(tab => tab.offered)
          .map(({ key, href }) => (
            <li key={key}>
              <a
                href={href}
                aria-current={key === here ? 'page' : undefined}
                className={`inline-flex min-h-9 items-center no-underline hover:text-ink hover:underline ${key === here ? 'border-accent border-b-2 font-semibold text-ink' : 'text-quiet'}`}
              >
                {t(`notices.tabs.${key}`)}
              </a>
            </li>
          ))}
      </ul>
    </nav>
  )
}
