import type { Visit } from '@/app/_shell/visit'
import { LiveProgress } from '@/app/account/restores/live-progress'
import { progressView } from '@/app/account/restores/progress-view'
import type { RequestView } from '@/domain/restore/find-requests'
import { readProgress } from '@/domain/restore/read-progress'

/** How far a restore or an undo has come, moving by itself where scripts run. */
export async function UnderWay({
  visit,
  request,
  heading,
}: {
  visit: Visit
  request: RequestView
  heading: 'h1' | 'h2'
}) {
  const { t, actor, language } = visit
  const progress = await readProgress(actor, request.id)
  const here = `/account/restores/${request.id}`
  const quarter = (percent: number) => t('requests.progress.quarter', { percent })
  return (
    <LiveProgress
      // The phase of the page, not of the progress: what ended between the two readings must be seen to have ended.
      first={{ ...progressView(visit, request, progress), phase: `${request.status} ${progress.kind}` }}
      events={`${here}/events`}
      here={here}
      language={language}
      heading={heading}
      labels={{
        heads: {
          category: t('requests.progress.columns.category'),
          found: t('requests.progress.columns.found'),
          settled: t('requests.progress.columns.settled'),
          verified: t('requests.progress.columns.verified'),
          state: t('requests.progress.columns.state'),
        },
        bar: t('requests.progress.bar'),
        refresh: t('requests.progress.refresh'),
        finished: t('requests.progress.finished'),
        quarters: { 25: quarter(25), 50: quarter(50), 75: quarter(75) },
      }}
    />
  )
}
