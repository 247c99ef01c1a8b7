import type { Dates } from '@/messages/dates'

/** How long ago or ahead, with the absolute time beside it. */
export function When({ at, dates }: { at: Date; dates: Dates }) {
  return (
    <time dateTime={at.toISOString()}>
      {dates.relative(at)} <span className="block text-note text-quiet">{dates.shortMoment(at)}</span>
    </time>
  )
}
