import { z } from 'zod'
import type { JobName, JobPayloads } from '@/domain/tasks'
import type { Handle } from '@/workers/handler'

export interface JobDefinition<J extends JobName> {
  /** Ids only: a test holds every schema to that. */
  payload: z.ZodObject & z.ZodType<JobPayloads[J]>
  /** Loaded when the first job of its kind comes, so that naming a job starts nothing. */
  handler: () => Promise<{ handle: Handle<JobPayloads[J]> }>
  /** Milliseconds from each failure to the next try; after one failure more the task is stuck. */
  retryAfter: readonly number[]
  /** Not waited for by "work --until-idle": it follows the clock, not what somebody asked for. */
  background: boolean
}

export type JobCatalogue = { [J in JobName]: JobDefinition<J> }

const seconds = 1_000
const minutes = 60 * seconds
const patient = [seconds, 4 * seconds, 15 * seconds, minutes, 5 * minutes, 15 * minutes, 15 * minutes]

/** Every job and its one handler. A job without an entry, or an entry whose handler takes another payload, does not compile. */
export const jobs: JobCatalogue = {
  'look-for-batches': {
    payload: z.strictObject({}),
    handler: () => import('@/workers/handlers/look-for-batches'),
    retryAfter: patient,
    background: true,
  },
  'intake-batch': {
    payload: z.strictObject({ batchId: z.uuid() }),
    handler: () => import('@/workers/handlers/intake-batch'),
    retryAfter: patient,
    background: false,
  },
  'advance-run': {
    payload: z.strictObject({ runId: z.uuid() }),
    handler: () => import('@/workers/handlers/advance-run'),
    retryAfter: patient,
    background: false,
  },
  'look-again': {
    payload: z.strictObject({ runId: z.uuid() }),
    handler: () => import('@/workers/handlers/look-again'),
    retryAfter: patient,
    background: true,
  },
  'send-mail': {
    payload: z.strictObject({ messageId: z.uuid() }),
    handler: () => import('@/workers/handlers/send-mail'),
    retryAfter: patient,
    background: false,
  },
  'send-text': {
    payload: z.strictObject({ messageId: z.uuid() }),
    handler: () => import('@/workers/handlers/send-text'),
    retryAfter: patient,
    background: false,
  },
  'send-code': {
    payload: z.strictObject({ codeId: z.uuid() }),
    handler: () => import('@/workers/handlers/send-code'),
    // One that has run out meanwhile is not sent any more, and that is no failure.
    retryAfter: patient,
    background: false,
  },
  'publish-status': {
    payload: z.strictObject({}),
    handler: () => import('@/workers/handlers/publish-status'),
    retryAfter: patient,
    background: true,
  },
  'count-incidents': {
    payload: z.strictObject({}),
    handler: () => import('@/workers/handlers/count-incidents'),
    retryAfter: patient,
    background: true,
  },
  'count-figures': {
    payload: z.strictObject({}),
    handler: () => import('@/workers/handlers/count-figures'),
    retryAfter: patient,
    background: true,
  },
  'watch-promise': {
    payload: z.strictObject({ promiseId: z.uuid() }),
    handler: () => import('@/workers/handlers/watch-promise'),
    retryAfter: patient,
    background: true,
  },
  'send-alarm': {
    payload: z.strictObject({ alarmId: z.uuid() }),
    handler: () => import('@/workers/handlers/send-alarm'),
    retryAfter: patient,
    background: false,
  },
  'run-maintenance': {
    payload: z.strictObject({ incidentId: z.uuid() }),
    handler: () => import('@/workers/handlers/run-maintenance'),
    retryAfter: patient,
    background: true,
  },
  'publish-notice': {
    payload: z.strictObject({ noticeId: z.uuid() }),
    handler: () => import('@/workers/handlers/publish-notice'),
    retryAfter: patient,
    background: true,
  },
  'spread-broadcast': {
    payload: z.strictObject({ broadcastId: z.uuid() }),
    handler: () => import('@/workers/handlers/spread-broadcast'),
    retryAfter: patient,
    background: false,
  },
  'send-broadcast': {
    payload: z.strictObject({ broadcastId: z.uuid() }),
    handler: () => import('@/workers/handlers/send-broadcast'),
    retryAfter: patient,
    background: false,
  },
  'help-broadcast': {
    payload: z.strictObject({ broadcastId: z.uuid() }),
    handler: () => import('@/workers/handlers/help-broadcast'),
    retryAfter: patient,
    background: false,
  },
  'send-confirmation': {
    payload: z.strictObject({ subscriptionId: z.uuid() }),
    handler: () => import('@/workers/handlers/send-confirmation'),
    retryAfter: patient,
    background: false,
  },
  'expire-decision': {
    payload: z.strictObject({ decisionId: z.uuid() }),
    handler: () => import('@/workers/handlers/expire-decision'),
    retryAfter: patient,
    background: true,
  },
  'expire-crossing': {
    payload: z.strictObject({ crossingId: z.uuid() }),
    handler: () => import('@/workers/handlers/expire-crossing'),
    retryAfter: patient,
    background: true,
  },
  'decline-crossed': {
    payload: z.strictObject({ requestId: z.uuid() }),
    handler: () => import('@/workers/handlers/decline-crossed'),
    retryAfter: patient,
    background: true,
  },
  'advance-mass-act': {
    payload: z.strictObject({ massActId: z.uuid() }),
    handler: () => import('@/workers/handlers/advance-mass-act'),
    retryAfter: patient,
    background: false,
  },
  'advance-rule': {
    payload: z.strictObject({ ruleRunId: z.uuid() }),
    handler: () => import('@/workers/handlers/advance-rule'),
    retryAfter: patient,
    background: false,
  },
  'apply-rules': {
    payload: z.strictObject({ requestId: z.uuid() }),
    handler: () => import('@/workers/handlers/apply-rules'),
    retryAfter: patient,
    background: false,
  },
  'rule-on-question': {
    payload: z.strictObject({ ticketId: z.uuid() }),
    handler: () => import('@/workers/handlers/rule-on-question'),
    retryAfter: patient,
    background: false,
  },
  'publish-root': {
    payload: z.strictObject({}),
    handler: () => import('@/workers/handlers/publish-root'),
    retryAfter: patient,
    background: true,
  },
  'send-root': {
    payload: z.strictObject({ rootMailId: z.uuid() }),
    handler: () => import('@/workers/handlers/send-root'),
    retryAfter: patient,
    background: true,
  },
  'send-staff-mail': {
    payload: z.strictObject({ staffMessageId: z.uuid() }),
    handler: () => import('@/workers/handlers/send-staff-mail'),
    retryAfter: patient,
    background: false,
  },
  purge: {
    payload: z.strictObject({}),
    handler: () => import('@/workers/handlers/purge'),
    retryAfter: patient,
    background: true,
  },
  'mark-breaches': {
    payload: z.strictObject({}),
    handler: () => import('@/workers/handlers/mark-breaches'),
    retryAfter: patient,
    background: true,
  },
  'advance-compensation': {
    payload: z.strictObject({ compensationRunId: z.uuid() }),
    handler: () => import('@/workers/handlers/advance-compensation'),
    retryAfter: patient,
    background: false,
  },
  'renew-compensation': {
    payload: z.strictObject({}),
    handler: () => import('@/workers/handlers/renew-compensation'),
    retryAfter: patient,
    background: true,
  },
  'ask-after-restores': {
    payload: z.strictObject({}),
    handler: () => import('@/workers/handlers/ask-after-restores'),
    retryAfter: patient,
    background: true,
  },
  'erase-subscriber': {
    payload: z.strictObject({ erasureId: z.uuid() }),
    handler: () => import('@/workers/handlers/erase-subscriber'),
    retryAfter: patient,
    background: true,
  },
  'send-webhooks': {
    payload: z.strictObject({ endpointId: z.uuid() }),
    handler: () => import('@/workers/handlers/send-webhooks'),
    retryAfter: patient,
    background: true,
  },
  'clear-erased': {
    payload: z.strictObject({ batchId: z.uuid() }),
    handler: () => import('@/workers/handlers/clear-erased'),
    retryAfter: patient,
    background: true,
  },
  'forget-files': {
    payload: z.strictObject({ entryId: z.uuid() }),
    handler: () => import('@/workers/handlers/forget-files'),
    retryAfter: patient,
    background: true,
  },
  'receive-mail': {
    payload: z.strictObject({ mailId: z.uuid() }),
    handler: () => import('@/workers/handlers/receive-mail'),
    retryAfter: patient,
    background: false,
  },
}

export const isJobName = (name: string): name is JobName => Object.hasOwn(jobs, name)

/** When to try again after so many failures in a row, spread by a fifth so that what failed together does not return together. */
export function retryAt(retryAfter: readonly number[], failures: number, now: Date): Date | null {
  const wait = retryAfter[failures - 1]
  return wait === undefined ? null : new Date(now.getTime() + wait * (0.9 + Math.random() * 0.2))
}
