import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { authorizeEver } from '@/domain/policy'
import type { SealedStore } from '@/domain/restore/sealed-store'
import type { SentCopies } from '@/domain/retention/erasure-outside'
import { countOldArchives, purgeArchives } from '@/domain/retention/purge-archives'
import { countOldMails, purgeMails } from '@/domain/retention/purge-mails'
import { keptSince, type RetentionName, retentionNames } from '@/domain/retention/retention-periods'
import { type RowRule, retentionRules } from '@/domain/retention/retention-rules'
import { Prisma, reader, type Tx, transaction } from '@/domain/transaction'

export interface PurgeOutside {
  sealed: SealedStore
  copies: SentCopies
  /** Aborts when the worker stops: it lets go between two pages. */
  signal?: AbortSignal
}

export type PurgeCounts = Partial<Record<RetentionName, number>>

const rowsAtOnce = 1000

/**
 * Throws away what has been kept as long as the table of retention says, once a day (UTC), a page at a time, with one event
 * that counts it. Interrupted, it goes on when called again; two at once remove the same. Null: the day is done already.
 */
export async function purge(actor: Actor, outside: PurgeOutside, now = new Date()): Promise<PurgeCounts | null> {
  authorizeEver(actor, 'purge.run')
  const day = new Date(`${now.toISOString().slice(0, 10)}T00:00:00Z`)
  await transaction(actor, tx => tx.purge.createMany({ data: [{ day, begunAt: now }], skipDuplicates: true }))
  const { endedAt } = await reader(actor).purge.findUniqueOrThrow({ where: { day } })
  if (endedAt !== null) return null
  for (const name of retentionNames) {
    for (let more = true; more; ) {
      if (outside.signal?.aborted) return {}
      more = await purgePage(outside, name, day, keptSince(name, now))
    }
  }
  return transaction(actor, async tx => {
    const { count } = await tx.purge.updateMany({ where: { day, endedAt: null }, data: { endedAt: now } })
    if (count === 0) return null
    const { counts } = await tx.purge.findUniqueOrThrow({ where: { day } })
    const data = counts as Record<string, number>
    await recordEvent(tx, actor, { subject: 'retention:purge', kind: 'retention.purged', carrierId: null, data }, now)
    return data
  })
}

/** What a purge would remove now. Changes nothing. */
export async function countPurge(actor: Actor, { copies }: PurgeOutside, now = new Date()): Promise<PurgeCounts> {
  authorizeEver(actor, 'purge.run')
  const counts: PurgeCounts = {}
  for (const name of retentionNames) {
    const before = keptSince(name, now)
    if (name === 'archives') counts[name] = await countOldArchives(before)
    else if (name === 'mails') counts[name] = await countOldMails(before)
    else if (name === 'copies') counts[name] = await copies.purge(before, true)
    else counts[name] = await countRows(retentionRules[name], before)
  }
  return counts
}

/** Whether there may be more. What a page removed is counted in the same transaction. */
async function purgePage(
  { sealed, copies }: PurgeOutside,
  name: RetentionName,
  day: Date,
  before: Date,
): Promise<boolean> {
  if (name === 'archives' || name === 'mails' || name === 'copies') {
    const { removed, more } =
      name === 'archives'
        ? await purgeArchives(sealed, before)
        : name === 'mails'
          ? await purgeMails(sealed, before)
          : { removed: await copies.purge(before, false), more: false }
    await transaction('every-carrier', tx => addCount(tx, day, name, removed))
    return more
  }
  return transaction('every-carrier', async tx => {
    const removed = await removeRows(tx, retentionRules[name], before)
    await addCount(tx, day, name, removed)
    return removed === rowsAtOnce
  })
}

function removeRows(tx: Tx, { table, where, empties }: RowRule, before: Date): Promise<number> {
  const name = Prisma.raw(`"${table}"`)
  const page = Prisma.sql`
    SELECT t.ctid FROM ${name} t WHERE ${where(before)} LIMIT ${rowsAtOnce} FOR UPDATE OF t SKIP LOCKED`
  return empties === undefined
    ? tx.$executeRaw`DELETE FROM ${name} WHERE ctid = ANY (ARRAY(${page}))`
    : tx.$executeRaw`UPDATE ${name} SET ${Prisma.raw(`"${empties}"`)} = NULL WHERE ctid = ANY (ARRAY(${page}))`
}

async function countRows({ table, where }: RowRule, before: Date): Promise<number> {
  const [row] = await reader('every-carrier').$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM ${Prisma.raw(`"${table}"`)} t WHERE ${where(before)}`
  return row?.count ?? 0
}

async function addCount(tx: Tx, day: Date, name: RetentionName, removed: number): Promise<void> {
  if (removed === 0) return
  await tx.$executeRaw`
    UPDATE purges SET counts = jsonb_set(counts, ARRAY[${name}], to_jsonb(coalesce((counts ->> ${name})::int, 0) + ${removed}))
    WHERE day = ${day}::date`
}
