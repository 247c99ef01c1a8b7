import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { readAddressList } from '@/domain/notice/suppression-list'
import { keyBytes, recipientKeys } from '@/domain/notification/recipient-key'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader, type Tx, transaction } from '@/domain/transaction'

const mostAddresses = 50_000
/** Of a statement. */
const pageSize = 5_000

const addSuppressionsInput = z.object({
  /** Null: announcements of the whole installation. */
  carrierId: z.uuid().nullable(),
  channel: z.enum(['mail', 'sms'], 'channel-unknown'),
  /** One address a line, or a table whose first column they are. */
  addresses: z.string('addresses-missing').max(4_000_000, 'addresses-long'),
})

/**
 * Addresses that announcements must not go to. One line that is no address, and none is added: the refusal's code ends
 * in the numbers of the lines ("bad-lines:3,17", at most 25 of them).
 */
export async function addSuppressions(
  actor: Actor,
  secrets: Secrets,
  input: z.input<typeof addSuppressionsInput>,
): Promise<{ added: number; known: number }> {
  const { carrierId, channel, addresses: text } = parseInput(addSuppressionsInput, input)
  authorize(actor, 'suppression.manage', { carrierId, subscriberId: null }, 'carrier')
  const carrier = carrierId === null ? null : await reader(actor).carrier.findUnique({ where: { id: carrierId } })
  if (carrierId !== null && !carrier) throw notFound('carrier')
  const { addresses, badLines } = readAddressList(text, channel, carrier?.country ?? 'US')
  if (badLines.length > 0) {
    const lines = badLines.slice(0, 25).join(',')
    throw badInput('addresses', `bad-lines:${lines}`, `Lines ${lines} hold no address.`)
  }
  if (addresses.length === 0) throw badInput('addresses', 'addresses-missing', 'There is no address in the list.')
  if (addresses.length > mostAddresses) throw badInput('addresses', 'addresses-long', 'The list is too long.')
  const wanted = addresses.map(address => recipientKeys(secrets, channel, address))
  return transaction(actor, async tx => {
    let added = 0
    for (let at = 0; at < wanted.length; at += pageSize)
      added += await addPage(tx, { carrierId, channel }, wanted.slice(at, at + pageSize))
    const data = { channel, added }
    if (added > 0) {
      const subject = `suppression:${carrierId ?? 'installation'}` as const
      await recordEvent(tx, actor, { subject, kind: 'suppression.added', carrierId, data })
    }
    return { added, known: addresses.length - added }
  })
}

/** What was on the list because mail came back, or by a press of theirs, stays on it now until staff take it off. */
async function addPage(
  tx: Tx,
  of: { carrierId: string | null; channel: 'mail' | 'sms' },
  wanted: readonly string[][],
): Promise<number> {
  const on = { ...of, addressKey: { in: wanted.flat().map(keyBytes) } }
  const rows = await tx.suppression.findMany({ where: on, select: { addressKey: true } })
  await tx.suppression.updateMany({
    where: { ...on, reason: { in: ['bounced', 'unsubscribed'] } },
    data: { reason: 'asked' },
  })
  const known = new Set(rows.map(row => Buffer.from(row.addressKey).toString('hex')))
  const fresh = wanted.filter(keys => !keys.some(key => known.has(key)))
  const { count } = await tx.suppression.createMany({
    data: fresh.map(([key]) => ({ ...of, addressKey: keyBytes(key!), reason: 'asked' })),
    skipDuplicates: true,
  })
  return count
}
