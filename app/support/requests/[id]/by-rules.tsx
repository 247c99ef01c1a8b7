import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { When } from '@/app/_ui/when'
import { eventInWords } from '@/app/support/request-words'
import type { TimelineEntry } from '@/domain/restore/read-timeline'

/** What rules did to the request, by their names and versions: no person has looked at it for that. */
export function ByRules({ visit, entries }: { visit: Visit; entries: TimelineEntry[] }) {
  const ruled = entries.filter(({ rule }) => rule !== null)
  if (ruled.length === 0) return null
  return (
    <Card>
      <Part>
        <h2>{visit.t('rules.by')}</h2>
        <ul className="grid gap-2">
          {ruled.map(entry => (
            <li key={entry.seq}>
              {eventInWords(visit, entry)}
              <p className="text-quiet">
                <When at={entry.at} dates={visit.dates} />
              </p>
            </li>
          ))}
        </ul>
      </Part>
    </Card>
  )
}
