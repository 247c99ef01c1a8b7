import { keyBytes } from '@/domain/notification/recipient-key'
import type { Secrets } from '@/domain/subscriber/secrets'
import type { Tx } from '@/domain/transaction'

const context = 'erased-account'
const textOf = (carrierId: string, accountId: string) => `${carrierId}\0${accountId}`

/** What is kept of an erased account id: a digest under the current key, which nobody can turn back without it. */
export const erasedKey = (secrets: Secrets, carrierId: string, accountId: string): Buffer<ArrayBuffer> =>
  keyBytes(secrets.blindIndex(textOf(carrierId, accountId), context))

/**
 * Which of the account ids are of somebody who was erased. Without a carrier, of anybody's: whose such a folder was cannot be
 * told any more, so that it must become nobody else's either. `tx` sees every carrier.
 */
export async function erasedAmong(
  tx: Tx,
  secrets: Secrets,
  carrierId: string | null,
  accountIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(accountIds)]
  const known = await tx.erasedAccount.findMany({
    where: carrierId === null ? {} : { carrierId },
    distinct: ['carrierId'],
    select: { carrierId: true },
  })
  if (asked.length === 0 || known.length === 0) return new Set()
  const ids = new Map<string, string>()
  for (const accountId of asked)
    for (const one of known)
      for (const key of secrets.blindIndexes(textOf(one.carrierId, accountId), context)) ids.set(key, accountId)
  const rows = await tx.erasedAccount.findMany({
    where: { accountKey: { in: [...ids.keys()].map(keyBytes) } },
    select: { accountKey: true },
  })
  return new Set(rows.map(row => ids.get(Buffer.from(row.accountKey).toString('hex'))!))
}

/** Whether a payload path is an erased person's, and what an exception says in its place: nothing by which they are found. */
export function erasedPath(path: string, erased: ReadonlySet<string>): string | null {
  const [data, accountId, ...rest] = path.split('/')
  if (data !== 'data' || accountId === undefined || !erased.has(accountId)) return null
  const [name, ...deeper] = rest
  const known = name !== undefined && /^(contacts\.vcf|(calendar|tasks|notes)\.ics|photos)$/.test(name)
  return known ? `data/…/${name}${deeper.length > 0 ? '/' : ''}` : 'data/…'
}
