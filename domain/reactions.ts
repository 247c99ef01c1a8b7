import type { EventKind, Happened } from '@/domain/events'
import type { NewTask } from '@/domain/tasks'

/** What follows from what happened: the one place that says so. Verbs say only what happened. */
const reactions: Partial<Record<EventKind, (happened: Happened) => NewTask[]>> = {
  'batch.found': happened => [
    { job: 'intake-batch', payload: { batchId: idOf(happened) }, carrierId: null, onceKey: happened.subject },
  ],
  'batch.look-asked': () => [{ job: 'look-for-batches', payload: {}, carrierId: null, onceKey: 'look-for-batches' }],
  'request.approved': advance,
  'request.resumed': advance,
  'request.undo-asked': advance,
}

export function tasksThatFollow(happened: Happened): NewTask[] {
  return reactions[happened.kind]?.(happened) ?? []
}

function advance(happened: Happened): NewTask[] {
  const { runId, host } = happened.data ?? {}
  if (typeof runId !== 'string') throw new Error(`${happened.kind} names no run.`)
  return [
    {
      job: 'advance-run',
      payload: { runId },
      carrierId: happened.carrierId,
      onceKey: `run:${runId}`,
      ...(typeof host === 'string' ? { host } : {}),
    },
  ]
}

const idOf = (happened: Happened): string => happened.subject.slice(happened.subject.indexOf(':') + 1)
