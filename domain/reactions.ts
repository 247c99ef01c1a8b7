import type { EventKind, Happened } from '@/domain/events'
import type { MailKind, NewMessage } from '@/domain/notification/add-message'
import { isWaitReason, waitReasons } from '@/domain/restore/wait-reason'
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

/** Which mail the subscriber gets when something happens to a request. */
const mails: Partial<Record<EventKind, MailKind>> = {
  'request.filed': 'filed',
  'request.approved': 'approved',
  'request.declined': 'declined',
  'request.waiting': 'needs-you',
  'request.held': 'needs-you',
  'request.finished': 'finished',
  'request.undone': 'undone',
}

/** The message that follows, or null. What needs nothing of the subscriber is not written to them. */
export function mailThatFollows(happened: Happened): NewMessage | null {
  const template = mails[happened.kind]
  const { subscriberId, reason } = happened.data ?? {}
  if (!template || happened.carrierId === null || typeof subscriberId !== 'string') return null
  if (happened.kind === 'request.waiting' && isWaitReason(reason) && waitReasons[reason].needs !== 'subscriber')
    return null
  return { template, subscriberId, carrierId: happened.carrierId, requestId: idOf(happened) }
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
