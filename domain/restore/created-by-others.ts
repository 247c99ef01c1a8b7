import { reader } from '@/domain/transaction'
import type { RunCategory } from '@/prisma/generated/client'

/**
 * Names of the items that other restores have created in the account since this run was made. A run that waited follows a
 * plan that knows nothing of them: what it finds there is theirs, to count and to undo. Asked once, when it first matters.
 */
export function createdByOthers({ runId, category }: RunCategory): () => Promise<ReadonlySet<string>> {
  let asked: Promise<ReadonlySet<string>> | undefined
  return () => {
    asked ??= ask(runId, category)
    return asked
  }
}

async function ask(runId: string, category: RunCategory['category']): Promise<ReadonlySet<string>> {
  const rows = await reader('every-carrier').$queryRaw<{ href: string }[]>`
    SELECT one ->> 'href' AS href
    FROM runs AS mine
      JOIN runs AS other ON other.account_id = mine.account_id AND other.id <> mine.id AND other.kind = 'restore'
      JOIN restore_requests AS request ON request.id = other.request_id AND request.status <> 'undone'
      JOIN outcome_chunks AS chunk ON chunk.run_id = other.id AND chunk.committed_at > mine.created_at
      CROSS JOIN LATERAL jsonb_array_elements(chunk.outcomes) AS one
    WHERE mine.id = ${runId}::uuid AND chunk.category = ${category}::category
      AND one ->> 'outcome' IN ('created', 'keptBoth') AND one ->> 'href' IS NOT NULL`
  return new Set(rows.map(({ href }) => href))
}
