import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import { addTasks } from '@/domain/tasks'
import { transaction } from '@/domain/transaction'

/** Has every active version decide about everybody anew: facts have changed since. Answers how many runs began. */
export async function renewDecisions(actor: Actor, now = new Date()): Promise<number> {
  authorizeEver(actor, 'compensation.run')
  return transaction(actor, async tx => {
    const begun = await tx.$queryRaw<{ id: string; carrier_id: string }[]>`
      UPDATE compensation_runs r SET status = 'running', asked_at = ${now}, cursor_id = NULL, looked_at = 0, granted = 0,
        counts = '{}', amounts = '{}', ended_at = NULL
      FROM compensation_versions v
      WHERE v.id = r.version_id AND v.status = 'active' AND r.kind = 'backlog' AND r.status <> 'running'
      RETURNING r.id, r.carrier_id`
    for (const { id, carrier_id: carrierId } of begun)
      await addTasks(tx, [
        {
          job: 'advance-compensation',
          payload: { compensationRunId: id },
          carrierId,
          onceKey: `compensation:${id}`,
        },
      ])
    return begun.length
  })
}
