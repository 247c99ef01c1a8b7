import type { Visit } from '@/app/_shell/visit'
import type { RequestView } from '@/domain/restore/find-requests'
import type { Progress } from '@/domain/restore/read-progress'

/** Progress in words and numbers, made on the server in the reader's language and sent as it is shown. */
export interface ProgressView {
  /** When it changes the page is another one and is loaded anew. */
  phase: string
  title: string
  lead: string
  updated: string
  stalled: string | null
  /** 0 to 100, of what is known to be done; null while nobody knows how much there is. */
  percent: number | null
  rows: { key: string; name: string; found: string; settled: number; verified: number; state: string }[]
}

type Speaker = Pick<Visit, 't' | 'dates'>
type Request = Pick<RequestView, 'categories'>

const steps = ['check', 'target', 'snapshot', 'plan', 'push', 'verify', 'done'] as const

export function progressView(speaker: Speaker, request: Request, progress: Progress, now = new Date()): ProgressView {
  const { t, dates } = speaker
  const { updatedAt, categories, status, kind } = progress
  const all = categories.reduce((sum, one) => sum + (one.planned ?? 0), 0)
  const done = categories.reduce((sum, one) => sum + one.settled, 0)
  const known = categories.length > 0 && categories.every(({ planned }) => planned !== null)
  return {
    phase: `${status} ${kind}`,
    title: titleOf(speaker, progress, known, done, all),
    lead: leadOf(speaker, progress),
    updated: t('requests.progress.updated', {
      relative: dates.relative(updatedAt, now),
      time: dates.time(updatedAt),
    }),
    stalled: progress.stalled ? t('requests.progress.stalled') : null,
    // The last twentieth is the reading back.
    percent: known && all > 0 ? Math.floor((95 * done) / all) : null,
    rows: categories.map(({ category, planned, settled, verified, step, trouble }) => {
      const found = planned ?? request.categories.find(one => one.category === category)?.found
      const named = steps.find(one => one === step) ?? 'check'
      return {
        key: category,
        name: t(`shell.categories.${category}`),
        found: found === undefined ? '–' : dates.number(found),
        settled,
        verified,
        state: trouble === null ? t(`requests.progress.steps.${named}`) : t(`reasons.wait.${trouble}.title`),
      }
    }),
  }
}

function titleOf({ t }: Speaker, progress: Progress, known: boolean, done: number, all: number): string {
  if (progress.status === 'approved') return t('requests.approved.title')
  if (progress.kind === 'undo')
    return known ? t('requests.progress.undoTitle', { done, all }) : t('requests.progress.undoPlanning')
  if (!known && done === 0) return t('requests.progress.titlePlanning')
  return known && done === all ? t('requests.progress.titleVerifying') : t('requests.progress.title', { done, all })
}

function leadOf(speaker: Speaker, { queuePosition, remainingSeconds }: Progress): string {
  const { t } = speaker
  if (queuePosition !== null) return t('requests.approved.queue', { count: queuePosition })
  if (remainingSeconds === null) return t('requests.progress.unknown')
  if (remainingSeconds[1] < 60) return t('requests.progress.remainingSoon')
  return t('requests.progress.remaining', { range: rangeOf(speaker, remainingSeconds) })
}

/** "2 to 4 minutes": rounded outwards, so that the range stays honest. */
function rangeOf({ t }: Speaker, [least, most]: [number, number]): string {
  const [low, high] = [Math.max(1, Math.floor(least / 60)), Math.ceil(most / 60)]
  if (high > 120)
    return t('requests.progress.rangeHours', { low: Math.max(1, Math.floor(low / 60)), high: Math.ceil(high / 60) })
  return low === high ? t('requests.progress.rangeOne', { low }) : t('requests.progress.rangeMinutes', { low, high })
}
