import type { Tx } from '@/domain/transaction'

/** Every job and the ids it carries. Never content, never a secret. workers/jobs.ts names the one handler of each. */
export interface JobPayloads {
  'look-for-batches': Record<string, never>
  'intake-batch': { batchId: string }
  'advance-run': { runId: string }
  'look-again': { runId: string }
  'send-mail': { messageId: string }
  'send-text': { messageId: string }
  'send-code': { codeId: string }
  'publish-status': Record<string, never>
  'count-incidents': Record<string, never>
  'count-figures': Record<string, never>
  'watch-promise': { promiseId: string }
  'send-alarm': { alarmId: string }
  'run-maintenance': { incidentId: string }
  'publish-notice': { noticeId: string }
  'spread-broadcast': { broadcastId: string }
  'send-broadcast': { broadcastId: string }
  'help-broadcast': { broadcastId: string }
  'send-confirmation': { subscriptionId: string }
  'expire-decision': { decisionId: string }
  'expire-crossing': { crossingId: string }
  'decline-crossed': { requestId: string }
  'advance-mass-act': { massActId: string }
  'advance-rule': { ruleRunId: string }
  'apply-rules': { requestId: string }
  'rule-on-question': { ticketId: string }
  'publish-root': Record<string, never>
  'send-root': { rootMailId: string }
  'send-staff-mail': { staffMessageId: string }
  purge: Record<string, never>
  'mark-breaches': Record<string, never>
  'ask-after-restores': Record<string, never>
  'advance-compensation': { compensationRunId: string }
  'renew-compensation': Record<string, never>
  'erase-subscriber': { erasureId: string }
  'clear-erased': { batchId: string }
  'send-webhooks': { endpointId: string }
  'receive-mail': { mailId: string }
  'forget-files': { entryId: string }
}
export type JobName = keyof JobPayloads

export type NewTask = {
  [Job in JobName]: {
    job: Job
    payload: JobPayloads[Job]
    carrierId: string | null
    /** While a task with this key is unfinished, another is not added. */
    onceKey?: string
    /** Its lane: the device server it talks to, whose slowness delays only its own tasks. */
    host?: string
    runAt?: Date
  }
}[JobName]

/**
 * Says that the rest of this transaction is one of very many alike: what it adds for no device server waits in lanes of its own, so that
 * a hundred thousand mails stand before none that answers somebody.
 */
export async function asOneOfMany(tx: Tx): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM (SELECT set_config('homeward.many', 'on', true)) AS said`
}

/** Task rows in the caller's transaction: what the queue will hold can always be rebuilt from them. */
export async function addTasks(tx: Tx, tasks: NewTask[]): Promise<void> {
  for (const task of tasks) {
    await tx.$executeRaw`
      INSERT INTO tasks (carrier_id, job, payload, once_key, host, run_at)
      VALUES (${task.carrierId}::uuid, ${task.job}, ${JSON.stringify(task.payload)}::jsonb, ${task.onceKey ?? null},
              coalesce(${task.host ?? null}, CASE current_setting('homeward.many', true) WHEN 'on' THEN ${`${task.job} of many`} END),
              coalesce(${task.runAt ?? null}::timestamptz, now()))
      ON CONFLICT (once_key) WHERE status IN ('waiting', 'queued')
      DO UPDATE SET again = (tasks.status = 'queued'),
        run_at = CASE WHEN tasks.status = 'queued' THEN excluded.run_at ELSE least(tasks.run_at, excluded.run_at) END`
  }
}
