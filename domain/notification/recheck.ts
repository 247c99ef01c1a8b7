import type { ClaimedDelivery } from '@/domain/notification/claim-deliveries'
import { mailAddress, NobodyThere, telephone } from '@/domain/notification/deliver'
import type { DeliveryOutside } from '@/domain/notification/delivery-outside'
import { recipientKeys } from '@/domain/notification/recipient-key'
import type { Settled } from '@/domain/notification/settle-deliveries'
import { loadSuppressed } from '@/domain/notification/suppressed'

/** Why nothing of a broadcast may go out any more; null as long as it may. */
export function stoppedBecause({ broadcastStatus, noticeStatus }: ClaimedDelivery, kind: string): string | null {
  if (broadcastStatus === 'stopped') return 'stopped'
  return kind === 'notice' && noticeStatus !== 'published' ? 'withdrawn' : null
}

/** Parts those who may be written to at this moment from those who have said no since their rows were written. */
export async function recheck(
  outside: DeliveryOutside,
  claimed: readonly ClaimedDelivery[],
): Promise<{ sendable: ClaimedDelivery[]; settled: Settled[] }> {
  const keys = new Map(claimed.map(one => [one.id, keysOf(outside, one)]))
  const channel = claimed[0]!.channel
  const suppressed = await loadSuppressed(
    channel,
    [...keys.values()].flatMap(of => of ?? []),
  )
  const sendable: ClaimedDelivery[] = []
  const settled: Settled[] = []
  const settle = (id: string, status: Settled['status'], reason: string) =>
    settled.push({ id, status, reason, providerId: null, notBefore: null, shown: false })
  for (const one of claimed) {
    const of = keys.get(one.id)
    const why = of && suppressed(of, one.carrierId)
    if (!of) settle(one.id, 'failed', 'no-address')
    else if (!one.subscriber && one.subscription?.status === 'disabled') settle(one.id, 'suppressed', 'disabled')
    else if (!one.subscriber && one.subscription?.status !== 'active') settle(one.id, 'suppressed', 'unsubscribed')
    else if (why) settle(one.id, 'suppressed', why)
    else sendable.push(one)
  }
  return { sendable, settled }
}

/** Null where nothing is left to send it to. */
function keysOf(outside: DeliveryOutside, one: ClaimedDelivery): string[] | null {
  if (one.channel === 'push' || one.channel === 'webhook') return one.subscription ? [one.recipientKey] : null
  try {
    const address = one.channel === 'mail' ? mailAddress(outside, one) : telephone(outside, one)
    return recipientKeys(outside.secrets, one.channel, address)
  } catch (error) {
    if (error instanceof NobodyThere) return null
    throw error
  }
}
