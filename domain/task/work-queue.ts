/** What the queue holds of a task: ids only. The payload stays in the task's row. */
export interface QueuedJob {
  /** The row's id in decimal digits. */
  taskId: string
  attempt: number
  job: string
}

/**
 * live: waiting or being worked on. died: taken by workers that were lost, too often to be tried again unasked.
 * gone: finished, or the queue has never heard of it.
 */
export type QueuedJobState = 'live' | 'died' | 'gone'

export interface QueueConsumer {
  /** Takes no further job and resolves when those at work have ended. */
  close(): Promise<void>
}

export interface Consumption {
  /** Jobs at work at the same time. */
  concurrency: number
  /** The signal aborts when the job was given to another consumer. A throw ends the delivery, the task's row says more. */
  process(job: QueuedJob, signal: AbortSignal): Promise<void>
  /** A schedule is due. */
  onSchedule(name: string): Promise<void>
}

/** The queue as the workers need it. It may lose everything at any moment: task rows are the truth. */
export interface WorkQueue {
  /** All of them or an error, within five seconds. Adding one that is already there changes nothing. */
  add(jobs: QueuedJob[]): Promise<void>
  state(job: QueuedJob): Promise<QueuedJobState>
  /** Makes `onSchedule(name)` happen every so many milliseconds in one consumer, whichever it is. */
  keepSchedule(name: string, everyMs: number): Promise<void>
  consume(consumption: Consumption): QueueConsumer
  close(): Promise<void>
}
