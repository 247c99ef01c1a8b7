import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { When } from '@/app/_ui/when'
import { eventInWords } from '@/app/support/request-words'
import type { TimelineEntry } from '@/domain/restore/read-timeline'

/** What happened to a request, the first thing first. */
export function Timeline({ visit, entries }: { visit: Visit; entries: TimelineEntry[] }) {
  const { t, dates } = visit
  return (
    <Card>
      <Part>
        <h2>{t('support.case.timeline')}</h2>
        <ol className="grid gap-3 border-line border-l-2 pl-4">
          {entries.map(entry => (
            <li key={entry.seq}>
              <p>{eventInWords(visit, entry)}</p>
              <p className="text-quiet">
                <When at={entry.at} dates={dates} />
              </p>
            </li>
          ))}
        </ol>
      </Part>
    </Card>
  )
}
