import type { Actor } from '@/domain/actor'
import { badInput, notFound, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { authorizeEver } from '@/domain/policy'
import { isUniqueViolation, transaction } from '@/domain/transaction'

/** Lets a failed or failing task run now, with its failures forgotten. `taskId` is decimal digits. */
export async function retryTask(actor: Actor, taskId: string): Promise<void> {
  authorizeEver(actor, 'task.retry')
  if (!/^\d{1,18}$/.test(taskId)) throw badInput('taskId', 'bad-id', 'A task id is a number.')
  const id = BigInt(taskId)
  try {
    await transaction(actor, async tx => {
      const [task] = await tx.task.updateManyAndReturn({
        where: { id, OR: [{ status: 'failed' }, { status: 'waiting', failures: { gt: 0 } }] },
        data: { status: 'waiting', failures: 0, runAt: new Date(), again: false },
        select: { carrierId: true, job: true },
      })
      if (!task) throw (await tx.task.count({ where: { id } })) > 0 ? notStuck() : notFound('task')
      const { carrierId, job } = task
      await recordEvent(tx, actor, { subject: `task:${taskId}`, kind: 'task.retried', carrierId, data: { job } })
    })
  } catch (error) {
    // A task given up leaves its key free: another with the same key is already under way.
    if (isUniqueViolation(error)) throw notStuck()
    throw error
  }
}

const notStuck = () =>
  wrongState('task-not-stuck', 'The task is not stuck: it is done, at work, or another does the same.')
