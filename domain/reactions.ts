import type { EventKind, Happened } from '@/domain/events'
import type { NewBroadcast } from '@/domain/notification/add-broadcast'
import type { MailKind, NewMessage } from '@/domain/notification/add-message'
import { isWaitReason, waitReasons } from '@/domain/restore/wait-reason'
import type { NewTask } from '@/domain/tasks'

/** What follows from what happened: the one place that says so. Verbs say only what happened. */
const reactions: Partial<Record<EventKind, (happened: Happened) => NewTask[]>> = {
  'batch.found': happened => [
    { job: 'intake-batch', payload: { batchId: idOf(happened) }, carrierId: null, onceKey: happened.subject },
  ],
  'batch.look-asked': () => [{ job: 'look-for-batches', payload: {}, carrierId: null, onceKey: 'look-for-batches' }],
  'incident.opened': happened => [...publish(), ...maintain(happened)],
  'incident.updated': happened => [...publish(), ...maintain(happened)],
  'incident.changed': publish,
  'incident.moved': happened => [...publish(), ...maintain(happened)],
  'incident.overran': publish,
  'promise.made': happened => [...publish(), ...watch(happened)],
  'promise.kept': publish,
  'promise.missed': publish,
  'wave.moved': publish,
  'advice.published': publish,
  'postmortem.published': publish,
  'component.added': publish,
  'component.changed': publish,
  'component.overridden': publish,
  'page.overridden': publish,
  'notice.scheduled': happened => [
    {
      job: 'publish-notice',
      payload: { noticeId: idOf(happened) },
      carrierId: happened.carrierId,
      onceKey: happened.subject,
      runAt: momentOf(happened, 'scheduledFor'),
    },
  ],
  'notice.published': publish,
  'notice.corrected': publish,
  'notice.withdrawn': publish,
  'subscription.asked': happened => [
    {
      job: 'send-confirmation',
      payload: { subscriptionId: idOf(happened) },
      carrierId: null,
      onceKey: `confirm:${idOf(happened)}`,
    },
  ],
  'delivery.retried': happened => {
    const broadcastId = idOf(happened)
    const { carrierId } = happened
    return [{ job: 'send-broadcast', payload: { broadcastId }, carrierId, onceKey: `send:${broadcastId}` }]
  },
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

/** The message to many that follows, or null: what was only corrected in the console tells nobody. */
export function broadcastThatFollows(happened: Happened): NewBroadcast | null {
  const { carrierId, data = {} } = happened
  const id = idOf(happened)
  if (data.tell !== true) return null
  switch (happened.kind) {
    case 'incident.opened':
    case 'incident.updated':
      return { kind: 'update', incidentId: id, updateId: textOf(happened, 'updateId'), carrierId: null }
    case 'postmortem.published':
      return { kind: 'postmortem', incidentId: id, carrierId: null }
    case 'notice.published':
      return { kind: 'notice', noticeId: id, carrierId }
    case 'notice.withdrawn':
      return { kind: 'notice-withdrawn', noticeId: id, carrierId }
    default:
      return null
  }
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

/** The whole page anew; asked for again while it is being written, it is written once more. */
function publish(): NewTask[] {
  return [{ job: 'publish-status', payload: {}, carrierId: null, onceKey: 'publish-status' }]
}

/** A maintenance begins and ends by itself. */
function maintain(happened: Happened): NewTask[] {
  if (happened.data?.kind !== 'maintenance') return []
  const incidentId = idOf(happened)
  return [{ job: 'run-maintenance', payload: { incidentId }, carrierId: null, onceKey: `maintenance:${incidentId}` }]
}

function watch(happened: Happened): NewTask[] {
  const promiseId = textOf(happened, 'promiseId')
  const runAt = momentOf(happened, 'dueAt')
  return [{ job: 'watch-promise', payload: { promiseId }, carrierId: null, onceKey: `promise:${promiseId}`, runAt }]
}

function textOf({ kind, data }: Happened, name: string): string {
  const value = data?.[name]
  if (typeof value !== 'string') throw new Error(`${kind} names no ${name}.`)
  return value
}

const momentOf = (happened: Happened, name: string): Date => new Date(textOf(happened, name))

const idOf = (happened: Happened): string => happened.subject.slice(happened.subject.indexOf(':') + 1)
