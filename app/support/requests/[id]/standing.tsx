import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Form } from '@/app/_ui/form'
import { Notice } from '@/app/_ui/standing'
import { declineWords, eventInWords, stateOf } from '@/app/support/request-words'
import type { RequestView } from '@/domain/restore/find-requests'
import type { TimelineEntry } from '@/domain/restore/read-timeline'
import { declinedBecause } from '@/domain/restore/restore-inputs'

/** How the request stands and what follows: of what waits, why and what staff should do. */
export function CaseStanding({ visit, request }: { visit: Visit; request: RequestView }) {
  const { t } = visit
  const { status, waitReason, declineReason, declineNote } = request
  if ((status === 'waiting' || status === 'held') && waitReason !== null)
    return (
      <Notice standing={stateOf(visit, request).standing} title={t(`support.waits.${waitReason}`)}>
        <p>{t(`reasons.waitForSupport.${waitReason}`)}</p>
        <p>{t(`support.case.next.${status}`)}</p>
      </Notice>
    )
  if (status === 'declined') {
    const reason = declinedBecause.find(one => one === declineReason) ?? 'other'
    return (
      <Notice standing="gone" title={t('support.case.declined.title', { reason: declineWords(visit, reason) })}>
        <p>{t('support.case.declined.said', { sentence: t(`reasons.decline.${reason}`) })}</p>
        {declineNote === null ? null : (
          <p className="whitespace-pre-line">{t('support.case.declined.note', { note: declineNote })}</p>
        )}
        <p>{t('support.case.next.declined')}</p>
      </Notice>
    )
  }
  return <p>{whatFollows(visit, request)}</p>
}

function whatFollows({ t, dates }: Visit, { status, undoUntil, undoing }: RequestView): string {
  if (status === 'running' && undoing) return t('support.case.next.undoing')
  if (status !== 'done') return t(`support.case.next.${status}`)
  if (undoUntil === null || undoUntil < new Date()) return t('support.case.next.doneFinal')
  return t('support.case.next.done', { until: dates.day(undoUntil) })
}

export const acts = ['approved', 'declined', 'resumed'] as const

/** What the reader has just done, and the next request to look at. Stands in the address, so that a reload keeps it. */
export function JustDone({
  visit: { t, formToken },
  done,
  next,
}: {
  visit: Visit
  done: (typeof acts)[number]
  next: RequestView | undefined
}) {
  return (
    <Notice standing="ok" title={t(`support.case.done.${done}`)}>
      {next === undefined ? (
        <p>{t('support.case.done.none')}</p>
      ) : (
        <Form action="/support/next" token={formToken}>
          <div data-key="n">
            <Button look="plain">{t('support.take.next')}</Button>
          </div>
        </Form>
      )}
    </Notice>
  )
}

/** What happened between the page that was decided on and now. */
export function ChangedSince({ visit, entries }: { visit: Visit; entries: TimelineEntry[] }) {
  const { t, dates } = visit
  if (entries.length === 0) return null
  return (
    <Notice standing="you" title={t('support.case.changed')}>
      <ul className="grid gap-1">
        {entries.map(entry => (
          <li key={entry.seq}>
            {eventInWords(visit, entry)}, {dates.relative(entry.at)} ({dates.shortMoment(entry.at)})
          </li>
        ))}
      </ul>
    </Notice>
  )
}
