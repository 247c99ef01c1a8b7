import { reader, type Tx } from '@/domain/transaction'

/** The carriers that have a mailbox among their subscribers, whatever its case, by name. */
export async function carriersOfMailbox(
  email: string,
  db: Tx = reader('every-carrier'),
): Promise<{ id: string; name: string }[]> {
  return db.$queryRaw<{ id: string; name: string }[]>`
    SELECT id::text, name FROM carriers
    WHERE id IN (SELECT carrier_id FROM subscribers WHERE lower(email) = lower(${email})) ORDER BY name, id`
}
