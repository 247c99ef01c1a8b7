import type { Actor } from '@/domain/actor'
import { authorizeEver } from '@/domain/policy'
import type { PurgeCounts } from '@/domain/retention/purge'
import { type Period, type RetentionName, retentionNames, retentionPeriods } from '@/domain/retention/retention-periods'
import { reader } from '@/domain/transaction'

export interface Retention {
  rules: { name: RetentionName; keep: Period; lastRemoved: number | null }[]
  /** The newest first; `endedAt` null: it is under way, or was interrupted and goes on. */
  purges: { day: Date; endedAt: Date | null; removed: number }[]
}

/** What is kept how long, and what the last purges removed. */
export async function readRetention(actor: Actor, atMost = 14): Promise<Retention> {
  authorizeEver(actor, 'retention.read')
  const rows = await reader(actor).purge.findMany({ orderBy: { day: 'desc' }, take: atMost })
  const last = rows.find(row => row.endedAt !== null)?.counts as PurgeCounts | undefined
  return {
    rules: retentionNames.map(name => {
      return { name, keep: retentionPeriods[name], lastRemoved: last === undefined ? null : (last[name] ?? 0) }
    }),
    purges: rows.map(({ day, endedAt, counts }) => {
      const removed = Object.values(counts as Record<string, number>).reduce((sum, count) => sum + count, 0)
      return { day, endedAt, removed }
    }),
  }
}
