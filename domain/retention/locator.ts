import { z } from 'zod'
import { numberOnFile } from '@/domain/identity/number-on-file'
import { recipientKeys } from '@/domain/notification/recipient-key'
import type { Secrets } from '@/domain/subscriber/secrets'
import { Prisma, type Tx } from '@/domain/transaction'
import type { Carrier, Subscriber } from '@/prisma/generated/client'

/** By what things of a person's are found that do not name their id. Sealed in the erasure's row while it runs. */
export interface Locator {
  accountId: string
  /** Mail addresses that were theirs alone. */
  addresses: string[]
  /** In E.164, theirs alone. */
  numbers: string[]
}

const form = z.object({ accountId: z.string(), addresses: z.array(z.string()), numbers: z.array(z.string()) })

export const locatorContext = (erasureId: string): string => `erasure:${erasureId}:locator`

export const sealLocator = (secrets: Secrets, erasureId: string, locator: Locator): Uint8Array<ArrayBuffer> =>
  secrets.seal(JSON.stringify(locator), locatorContext(erasureId))

export const openLocator = (secrets: Secrets, erasureId: string, sealed: Uint8Array): Locator =>
  form.parse(JSON.parse(secrets.openText(sealed, locatorContext(erasureId))))

/**
 * Everything by which a subscriber is found outside their own rows. An address or number that another subscriber has too, or
 * somebody who works here, is left out: what lies under it is also theirs.
 */
export async function locate(
  tx: Tx,
  secrets: Secrets,
  subscriber: Subscriber & { carrier: Carrier },
): Promise<Locator> {
  const { id, accountId, email } = subscriber
  const changes = await tx.factorChange.findMany({ where: { subscriberId: id, previous: { not: null } } })
  const mine = [...new Set([email, ...changes.map(one => one.previous!)].map(one => one.toLowerCase()))]
  const taken = await tx.$queryRaw<{ email: string }[]>`
    SELECT lower(email) AS email FROM subscribers WHERE id <> ${id}::uuid AND lower(email) = ANY (${mine}::text[])
    UNION SELECT lower(email) FROM staff WHERE lower(email) = ANY (${mine}::text[])`
  const others = new Set(taken.map(one => one.email))
  const number = numberOnFile(secrets, subscriber)
  const shared =
    subscriber.phoneIndex === null
      ? 0
      : await tx.subscriber.count({ where: { id: { not: id }, phoneIndex: subscriber.phoneIndex } })
  return {
    accountId,
    addresses: mine.filter(one => !others.has(one)),
    numbers: number === null || shared > 0 ? [] : [number],
  }
}

/** The keyed digests under which addresses and numbers may stand in rows, under every key of the ring. */
export function keysOf(secrets: Secrets, { addresses, numbers }: Locator): Prisma.Sql {
  const mail = addresses.flatMap(address => recipientKeys(secrets, 'mail', address))
  const sms = numbers.flatMap(number => recipientKeys(secrets, 'sms', number))
  return Prisma.sql`(
    SELECT 'mail'::channel AS channel, decode(k, 'hex') AS key FROM unnest(${mail}::text[]) k
    UNION ALL SELECT 'sms'::channel, decode(k, 'hex') FROM unnest(${sms}::text[]) k)`
}
