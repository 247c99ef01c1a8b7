import { adviceByModel, adviceFor } from '@/domain/incident/advice'
import { findAdvice, findAdviceAround } from '@/domain/incident/find-advice'
import { phoneNumber, recipientKey, recipientKeys } from '@/domain/notification/recipient-key'
import type { SpreadList } from '@/domain/notification/spread-lists'
import { keyText } from '@/domain/notification/subscription-address'
import { addressContext } from '@/domain/notification/subscription-secrets'
import { loadSuppressed, type SuppressionReason } from '@/domain/notification/suppressed'
import { phoneContext } from '@/domain/subscriber/add-subscriber'
import type { Secrets } from '@/domain/subscriber/secrets'
import type { Tx } from '@/domain/transaction'
import type { Channel, Language } from '@/prisma/generated/enums'

/** One recipient's row before it is written. */
export interface Recipient {
  /** 64 hex digits. */
  key: string
  channel: Channel
  carrierId: string | null
  subscriberId: string | null
  subscriptionId: string | null
  language: Language
  suppressed: SuppressionReason | 'disabled' | null
  adviceId: string | null
}

export interface SpreadPage {
  recipients: Recipient[]
  /** The last id that was read; null where the list is at its end. */
  last: string | null
}

interface SubscriberRow {
  id: string
  carrierId: string
  country: string
  email: string
  phone: Uint8Array | null
  language: Language
  deviceModel: string | null
}

/** A page of a carrier's subscribers: a mail for each, and a text message for who has a telephone. */
export async function subscribersPage(
  tx: Tx,
  secrets: Secrets,
  { channels, carrierId, condition }: Extract<SpreadList, { kind: 'subscribers' }>,
  { after, size, incidentId }: { after: string | null; size: number; incidentId: string | null },
): Promise<SpreadPage> {
  // A page is so many people, not so many who match: one that few match would be sought through the whole carrier at once.
  const [edge] = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM subscribers WHERE carrier_id = ${carrierId}::uuid AND (${after}::uuid IS NULL OR id > ${after}::uuid)
    ORDER BY id LIMIT 1 OFFSET ${size - 1}`
  const last = edge?.id ?? null
  const rows = await tx.$queryRaw<SubscriberRow[]>`
    SELECT s.id::text, s.carrier_id::text AS "carrierId", c.country, s.email, s.phone, s.language,
           s.device_model AS "deviceModel"
    FROM subscribers s JOIN carriers c ON c.id = s.carrier_id
    WHERE ${condition} AND (${after}::uuid IS NULL OR s.id > ${after}::uuid)
      AND (${last}::uuid IS NULL OR s.id <= ${last}::uuid)
    ORDER BY s.id`
  const advice = adviceByModel(await findAdviceAround({ carrierId, incidentId }, tx), carrierId)
  const recipients: Recipient[] = []
  for (const channel of channels) {
    const asked = rows.flatMap(row => {
      const address = channel === 'mail' ? row.email : telephoneOf(secrets, row)
      return address === null ? [] : [{ row, keys: recipientKeys(secrets, channel, address) }]
    })
    const suppressed = await loadSuppressed(
      channel,
      asked.flatMap(({ keys }) => keys),
      tx,
    )
    for (const { row, keys } of asked)
      recipients.push({
        key: keys[0]!,
        channel,
        carrierId: row.carrierId,
        subscriberId: row.id,
        subscriptionId: null,
        language: row.language,
        suppressed: suppressed(keys, row.carrierId),
        adviceId: advice(row.deviceModel)?.id ?? null,
      })
  }
  return { recipients, last }
}

/** As the carrier has it, in E.164; null without one, and for what nobody can dial. */
export function telephoneOf(
  secrets: Secrets,
  { id, phone, country }: { id: string; phone: Uint8Array | null; country: string },
): string | null {
  return phone === null ? null : phoneNumber(secrets.openText(phone, phoneContext(id)), country)
}

interface SubscriptionRow {
  id: string
  channel: Channel
  address: Uint8Array
  addressKey: string
  language: Language
  disabled: boolean
}

/**
 * A page of the public's subscriptions that ask for one of the targets, or for everything. A webhook that is switched off
 * has its row too: switched on again, it can be sent what it missed.
 */
export async function subscriptionsPage(
  tx: Tx,
  secrets: Secrets,
  { targets, channels }: Extract<SpreadList, { kind: 'subscriptions' }>,
  { after, size, incidentId }: { after: string | null; size: number; incidentId: string | null },
): Promise<SpreadPage> {
  const rows = await tx.$queryRaw<SubscriptionRow[]>`
    SELECT n.id::text, n.channel, n.address, encode(n.address_key, 'hex') AS "addressKey", n.language,
      n.status = 'disabled' AS disabled
    FROM subscriptions n
    WHERE n.status IN ('active', 'disabled') AND n.channel = ANY (${channels}::text[]::channel[]) AND (${after}::uuid IS NULL OR n.id > ${after}::uuid)
      AND (n.everything OR EXISTS (
        SELECT FROM subscription_topics t WHERE t.subscription_id = n.id AND t.target_id = ANY (${targets}::uuid[])))
    ORDER BY n.id LIMIT ${size}`
  const versions = incidentId === null ? [] : await findAdvice(incidentId, tx)
  const adviceId = adviceFor(versions, { carrierId: null, deviceModel: null })?.id ?? null
  const recipients: Recipient[] = []
  for (const channel of new Set(rows.map(row => row.channel))) {
    const asked = rows.filter(row => row.channel === channel).map(row => ({ row, keys: keysOf(secrets, row) }))
    const suppressed = await loadSuppressed(
      channel,
      asked.flatMap(({ keys }) => keys),
      tx,
    )
    for (const { row, keys } of asked)
      recipients.push({
        key: keys[0]!,
        channel,
        carrierId: null,
        subscriberId: null,
        subscriptionId: row.id,
        language: row.language,
        suppressed: row.disabled ? 'disabled' : suppressed(keys, null),
        adviceId,
      })
  }
  return { recipients, last: rows.length < size ? null : rows.at(-1)!.id }
}

/** The stored key is the current one as long as its address is sealed under the current key. */
function keysOf(secrets: Secrets, { id, channel, address, addressKey }: SubscriptionRow): string[] {
  if (!secrets.needsResealing(address)) return [addressKey]
  const text = keyText(channel, secrets.openText(address, addressContext(id)))
  return [recipientKey(secrets, channel, text), addressKey]
}
