import type { WorkQueue } from '@/domain/task/work-queue'
import { addTasks, type NewTask } from '@/domain/tasks'
import { transaction } from '@/domain/transaction'

/** What the clock asks for: a task by name, every so many milliseconds. */
const schedules: Record<string, { everyMs: number; task: NewTask }> = {
  'look-for-batches': {
    everyMs: 60_000,
    task: { job: 'look-for-batches', payload: {}, carrierId: null, onceKey: 'look-for-batches' },
  },
  'publish-status': {
    everyMs: 60_000,
    task: { job: 'publish-status', payload: {}, carrierId: null, onceKey: 'publish-status' },
  },
  'count-incidents': {
    everyMs: 60_000,
    task: { job: 'count-incidents', payload: {}, carrierId: null, onceKey: 'count-incidents' },
  },
  'count-figures': {
    everyMs: 300_000,
    task: { job: 'count-figures', payload: {}, carrierId: null, onceKey: 'count-figures' },
  },
  'mark-breaches': {
    everyMs: 60_000,
    task: { job: 'mark-breaches', payload: {}, carrierId: null, onceKey: 'mark-breaches' },
  },
  'ask-after-restores': {
    everyMs: 900_000,
    task: { job: 'ask-after-restores', payload: {}, carrierId: null, onceKey: 'ask-after-restores' },
  },
  'renew-compensation': {
    everyMs: 3_600_000,
    task: { job: 'renew-compensation', payload: {}, carrierId: null, onceKey: 'renew-compensation' },
  },
  // Published once a day; asked for more often, so that a day without a worker at midnight has its root too.
  'publish-root': {
    everyMs: 900_000,
    task: { job: 'publish-root', payload: {}, carrierId: null, onceKey: 'publish-root' },
  },
  // Once a day, and asked for as often for the same reason.
  purge: {
    everyMs: 900_000,
    task: { job: 'purge', payload: {}, carrierId: null, onceKey: 'purge' },
  },
}

/** Makes sure that the queue knows every schedule; it may have been wiped. */
export async function keepSchedules(queue: WorkQueue): Promise<void> {
  for (const [name, { everyMs }] of Object.entries(schedules)) await queue.keepSchedule(name, everyMs)
}

/** A schedule is due: adds its task's row. One that an older version left in the queue is passed over. */
export async function addScheduledTask(name: string): Promise<void> {
  const schedule = schedules[name]
  if (schedule) await transaction('every-carrier', tx => addTasks(tx, [schedule.task]))
}
