import type { SealedStore } from '@/domain/restore/sealed-store'
import { isHeldSql } from '@/domain/retention/legal-hold'
import { Prisma, reader, transaction } from '@/domain/transaction'
import { mailKey } from '@/domain/triage/mail-bounds'

const atOnce = 200

/** What still has to be read stays, however long that takes. */
const old = (before: Date) => Prisma.sql`
  t.status <> 'received' AND t.arrived_at < ${before}::timestamptz
    AND NOT ${isHeldSql(Prisma.sql`t.subscriber_id`, Prisma.sql`t.carrier_id`)}`

export async function countOldMails(before: Date): Promise<number> {
  const [row] = await reader('every-carrier').$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM mails_in t WHERE ${old(before)}`
  return row?.count ?? 0
}

/**
 * Removes a page of mails that came in, first what lies sealed and then the rows: killed between, they are looked for once more
 * and are not there. Answers how many, and whether there may be more.
 */
export async function purgeMails(sealed: SealedStore, before: Date): Promise<{ removed: number; more: boolean }> {
  const rows = await reader('every-carrier').$queryRaw<{ id: string }[]>`
    SELECT t.id FROM mails_in t WHERE ${old(before)} ORDER BY t.arrived_at, t.id LIMIT ${atOnce}`
  const ids = rows.map(row => row.id)
  for (const id of ids) await sealed.remove(mailKey(id))
  // Two at once look at the same rows: each counts those that it took away.
  const { count: removed } = await transaction('every-carrier', tx =>
    tx.mailIn.deleteMany({ where: { id: { in: ids } } }),
  )
  return { removed, more: rows.length === atOnce }
}
