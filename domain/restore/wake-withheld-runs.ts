import type { Tx } from '@/domain/transaction'

/**
 * A batch was released: restores that wait for it go on now, not after their quarter of an hour. One statement however many
 * they are: a second apart, and where they are more than sixty spread over one minute, so that no server gets them all.
 * Runs at work are asked for once more too: one may have seen the batch withheld and be about to wait for it.
 */
export async function wakeWithheldRuns(tx: Tx, batchId: string): Promise<void> {
  await tx.$executeRaw`
    WITH waits AS (
      SELECT DISTINCT tasks.id FROM tasks
      JOIN runs ON runs.id = (tasks.payload->>'runId')::uuid AND runs.kind = 'restore'
      JOIN run_categories AS part ON part.run_id = runs.id
      JOIN request_items AS item ON item.request_id = runs.request_id AND item.category = part.category
      JOIN holdings ON holdings.id = item.holding_id
      WHERE tasks.job = 'advance-run' AND holdings.batch_id = ${batchId}::uuid
        AND (tasks.status = 'queued' OR (tasks.status = 'waiting' AND part.trouble = 'batch-withheld'))
    ), due AS (
      SELECT id, now() + interval '1 minute' * (row_number() OVER (ORDER BY id) - 1) / greatest(count(*) OVER (), 60) AS at
      FROM waits
    )
    UPDATE tasks SET again = (tasks.status = 'queued'),
      run_at = CASE WHEN tasks.status = 'queued' THEN due.at ELSE least(tasks.run_at, due.at) END
    FROM due WHERE tasks.id = due.id AND tasks.status IN ('waiting', 'queued')`
}
