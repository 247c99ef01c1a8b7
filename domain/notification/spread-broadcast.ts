import { behind, listFrom, type SpreadList, spreadLists } from '@/domain/notification/spread-lists'
import { type Recipient, subscribersPage, subscriptionsPage } from '@/domain/notification/spread-page'
import type { Secrets } from '@/domain/subscriber/secrets'
import { addTasks } from '@/domain/tasks'
import { type Tx, transaction } from '@/domain/transaction'
import type { Broadcast } from '@/prisma/generated/client'

const pageSize = 2_000

interface Cursor {
  /** The list that is being read, and the last id that was read of it. */
  list: string
  after: string | null
}

/**
 * Writes the recipients' rows of a broadcast, page by page, each together with how far it came: killed anywhere, it goes on
 * behind the last page. Sending begins with the first. Answers whether all rows are written.
 */
export async function spreadBroadcast(
  { secrets, signal }: { secrets: Secrets; signal: AbortSignal },
  broadcastId: string,
  size = pageSize,
): Promise<'done' | 'again'> {
  for (;;) {
    if (signal.aborted) return 'again'
    const goesOn = await transaction('every-carrier', tx => spreadPage(tx, secrets, broadcastId, size))
    if (!goesOn) return 'done'
  }
}

async function spreadPage(tx: Tx, secrets: Secrets, broadcastId: string, size: number): Promise<boolean> {
  // Two that spread the same broadcast take turns: the second reads the cursor that the first has left.
  await tx.$queryRaw`SELECT FROM broadcasts WHERE id = ${broadcastId}::uuid FOR NO KEY UPDATE`
  const broadcast = await tx.broadcast.findUnique({ where: { id: broadcastId } })
  if (broadcast?.status !== 'spreading') return false
  const begun: Partial<Cursor> = broadcast.cursor as Partial<Cursor>
  if (begun.list !== undefined) await addHelpTasks(tx, broadcast)
  const lists = await spreadLists(tx, broadcast)
  let cursor: Cursor = { list: begun.list ?? '', after: begun.after ?? null }
  let room = size
  // Short lists share a page: most broadcasts are few people's.
  while (room > 0) {
    const list = listFrom(lists, cursor.list)
    if (list === null) {
      await tx.broadcast.update({ where: { id: broadcastId }, data: { status: 'sending', spreadAt: new Date() } })
      await addSendTask(tx, broadcast)
      return false
    }
    const after = list.name === cursor.list ? cursor.after : null
    const { read, last } = await writePage(tx, secrets, broadcast, list, after, room)
    cursor = last === null ? { list: behind(list), after: null } : { list: list.name, after: last }
    room = last === null ? room - read : 0
  }
  await tx.broadcast.update({ where: { id: broadcastId }, data: { cursor: { ...cursor } } })
  if (begun.list === undefined) await addSendTask(tx, broadcast)
  return true
}

/** Answers how many were read, and the last id; null at the list's end. */
async function writePage(
  tx: Tx,
  secrets: Secrets,
  broadcast: Broadcast,
  list: SpreadList,
  after: string | null,
  size: number,
): Promise<{ read: number; last: string | null }> {
  if (list.kind === 'reached') return copyPage(tx, broadcast, list.noticeId, after, size)
  const where = { after, size, incidentId: await incidentOf(tx, broadcast) }
  const { recipients, last } =
    list.kind === 'subscribers'
      ? await subscribersPage(tx, secrets, list, where)
      : await subscriptionsPage(tx, secrets, list, where)
  if (recipients.length > 0) await insertRecipients(tx, broadcast.id, onePerAddress(recipients))
  return { read: recipients.length, last }
}

/** Whose advice goes along: the incident's, also with a notice about one. */
async function incidentOf(tx: Tx, { incidentId, noticeId }: Broadcast): Promise<string | null> {
  if (noticeId === null) return incidentId
  return (await tx.notice.findUniqueOrThrow({ where: { id: noticeId } })).incidentId
}

const addSendTask = (tx: Tx, { id, carrierId }: Pick<Broadcast, 'id' | 'carrierId'>): Promise<void> =>
  addTasks(tx, [{ job: 'send-broadcast', payload: { broadcastId: id }, carrierId, onceKey: `send:${id}` }])

/** Where there is more than a page, so many workers share what one of them cannot send as fast as its provider takes it. */
const helpers = 3

function addHelpTasks(tx: Tx, { id, carrierId }: Pick<Broadcast, 'id' | 'carrierId'>): Promise<void> {
  const onceKeys = Array.from({ length: helpers }, (_, i) => `help:${id}:${i}`)
  const task = { job: 'help-broadcast', payload: { broadcastId: id }, carrierId } as const
  return addTasks(
    tx,
    onceKeys.map(onceKey => ({ ...task, onceKey })),
  )
}

/** The first of those who share an address; one who may be written to before one who may not. */
function onePerAddress(recipients: Recipient[]): Recipient[] {
  const byKey = new Map<string, Recipient>()
  for (const one of recipients) {
    const known = byKey.get(`${one.channel} ${one.key}`)
    if (!known || (known.suppressed !== null && one.suppressed === null)) byKey.set(`${one.channel} ${one.key}`, one)
  }
  return [...byKey.values()]
}

/** A row that another list left suppressed becomes one to send where this list may write to the same address. */
async function insertRecipients(tx: Tx, broadcastId: string, rows: Recipient[]): Promise<void> {
  const column = <K extends keyof Recipient>(name: K) => rows.map(row => row[name])
  await tx.$executeRaw`
    INSERT INTO deliveries AS d (broadcast_id, carrier_id, channel, recipient_key, subscriber_id, subscription_id, language,
                                 status, reason, advice_id, settled_at)
    SELECT ${broadcastId}::uuid, carrier, channel::channel, decode(key, 'hex'), subscriber, subscription,
           language::language, CASE WHEN reason IS NULL THEN 'pending' ELSE 'suppressed' END::delivery_status, reason,
           advice, CASE WHEN reason IS NULL THEN NULL ELSE now() END
    FROM unnest(${column('carrierId')}::uuid[], ${column('channel')}::text[], ${column('key')}::text[],
                ${column('subscriberId')}::uuid[], ${column('subscriptionId')}::uuid[], ${column('language')}::text[],
                ${column('suppressed')}::text[], ${column('adviceId')}::uuid[])
      AS given (carrier, channel, key, subscriber, subscription, language, reason, advice)
    ON CONFLICT (broadcast_id, recipient_key, channel) DO UPDATE
      SET status = 'pending', reason = NULL, settled_at = NULL, carrier_id = excluded.carrier_id,
          subscriber_id = excluded.subscriber_id, subscription_id = excluded.subscription_id,
          language = excluded.language, advice_id = excluded.advice_id, not_before = excluded.not_before
      WHERE d.status = 'suppressed' AND excluded.status = 'pending'`
}

/**
 * Whoever the notice has reached, or may have, hears that it is taken back or put right; answers as
 * {@link writePage} does. One person has one row a channel, also where their address is another one since.
 */
async function copyPage(
  tx: Tx,
  broadcast: Broadcast,
  noticeId: string,
  after: string | null,
  size: number,
): Promise<{ read: number; last: string | null }> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT d.id FROM deliveries d JOIN broadcasts b ON b.id = d.broadcast_id
    WHERE b.notice_id = ${noticeId}::uuid AND b.kind = 'notice' AND d.status IN ('sent', 'delivered', 'sending')
      AND d.id > ${BigInt(after ?? 0)} ORDER BY d.id LIMIT ${size}`
  await tx.$executeRaw`
    INSERT INTO deliveries (broadcast_id, carrier_id, channel, recipient_key, subscriber_id, subscription_id, language,
                            advice_id)
    SELECT ${broadcast.id}::uuid, carrier_id, channel, recipient_key, subscriber_id, subscription_id, language, advice_id
    FROM deliveries reached WHERE id = ANY (${rows.map(({ id }) => id)}::bigint[])
      AND NOT EXISTS (SELECT FROM deliveries told WHERE told.subscriber_id = reached.subscriber_id
        AND told.broadcast_id = ${broadcast.id}::uuid AND told.channel = reached.channel)
      AND NOT EXISTS (SELECT FROM deliveries told WHERE told.subscription_id = reached.subscription_id
        AND told.broadcast_id = ${broadcast.id}::uuid AND told.channel = reached.channel)
    ON CONFLICT (broadcast_id, recipient_key, channel) DO NOTHING`
  return { read: rows.length, last: rows.length < size ? null : String(rows.at(-1)!.id) }
}
