import { findAdviceSince } from '@/domain/incident/find-advice'
import { nextDue, reclaimDeliveries } from '@/domain/notification/claim-deliveries'
import type { Telling } from '@/domain/notification/deliver'
import type { DeliveryOutside } from '@/domain/notification/delivery-outside'
import { type ChannelEnd, sendChannel } from '@/domain/notification/send-channel'
import { settlePending } from '@/domain/notification/settle-deliveries'
import { endBroadcast, stopBroadcast } from '@/domain/notification/stop-broadcast'
import { loadStory } from '@/domain/notification/story'
import { reader } from '@/domain/transaction'
import type { Broadcast } from '@/prisma/generated/client'
import type { Channel } from '@/prisma/generated/enums'

const channels = ['mail', 'sms', 'push', 'webhook'] as const satisfies readonly Channel[]

interface Manner {
  /** After so long the worker is given back. */
  sliceMs?: number
  /** Whoever holds a delivery for longer is dead. */
  leaseMs?: number
}

/**
 * A turn at sending a broadcast: every channel at its own provider's rate, so that one that is down holds up no other.
 * Killed anywhere, what was in flight is sent again under the same key. Answers when to go on, null where it is done.
 */
export async function sendBroadcast(
  outside: DeliveryOutside,
  broadcastId: string,
  { sliceMs = 20_000, leaseMs = 120_000 }: Manner = {},
): Promise<Date | null> {
  const broadcast = await reader('every-carrier').broadcast.findUnique({ where: { id: broadcastId } })
  if (!broadcast || broadcast.status === 'done') return null
  if (broadcast.status === 'stopped') return stopped(broadcastId, 'stopped')
  await reclaimDeliveries(broadcastId, leaseMs)
  for (const channel of ['sms', 'push'] as const)
    if (outside[channel] === null)
      await settlePending(broadcastId, { channel, status: 'failed', reason: 'no-provider' })

  const ends = await takeTurn(outside, broadcast, sliceMs)
  const stop = ends.find(end => end.kind === 'stopped')
  if (stop) return stopped(broadcastId, stop.because)
  return whenNext(broadcastId, ends, outside.now(), leaseMs)
}

/**
 * A turn beside {@link sendBroadcast}'s in another worker, where one alone is slower than the provider: both claim from
 * the same rows and keep one pace. Answers when to go on, null where nothing is to be claimed: it is asked for again with
 * every page of recipients, and the end, the failed and dead workers are seen to by the other.
 */
export async function helpBroadcast(
  outside: DeliveryOutside,
  broadcastId: string,
  { sliceMs = 20_000 }: Pick<Manner, 'sliceMs'> = {},
): Promise<Date | null> {
  const broadcast = await reader('every-carrier').broadcast.findUnique({ where: { id: broadcastId } })
  if (!broadcast || broadcast.status === 'done') return null
  if (broadcast.status === 'stopped') return stopped(broadcastId, 'stopped')
  const ends = await takeTurn(outside, broadcast, sliceMs)
  const stop = ends.find(end => end.kind === 'stopped')
  // What it puts back itself may come after the other has settled what was left.
  if (stop) return stopped(broadcastId, stop.because)
  return nextTurn(ends, outside.now())
}

/** On every channel at once that there is a provider for. */
async function takeTurn(outside: DeliveryOutside, broadcast: Broadcast, sliceMs: number): Promise<ChannelEnd[]> {
  const telling = await prepare(broadcast)
  const until = performance.timeOrigin + performance.now() + sliceMs
  const provided = channels.filter(channel => (channel !== 'sms' && channel !== 'push') || outside[channel] !== null)
  const turns = await Promise.allSettled(provided.map(channel => sendChannel(outside, telling, channel, until)))
  return turns.map(turn => {
    if (turn.status === 'rejected') throw turn.reason
    return turn.value
  })
}

/** When a turn that ended so is to be followed by another; null where nothing was left for it. */
function nextTurn(ends: readonly ChannelEnd[], now: Date): Date | null {
  if (ends.some(end => end.kind === 'time-up')) return now
  const rests = ends.flatMap(end => (end.kind === 'rests' ? [end.until.getTime()] : []))
  return rests.length > 0 ? new Date(Math.min(...rests)) : null
}

async function stopped(broadcastId: string, because: string): Promise<null> {
  await stopBroadcast(broadcastId, because)
  await settlePending(broadcastId, { channel: null, status: 'suppressed', reason: because })
  return null
}

async function prepare(broadcast: Broadcast): Promise<Telling> {
  const story = await loadStory(broadcast)
  const advice = await findAdviceSince(story.incident?.id ?? null, broadcast.createdAt)
  const page = await reader('every-carrier').statusPage.findFirst({ select: { id: true } })
  return {
    broadcast,
    story,
    advice: new Map(advice.map(one => [one.id, one])),
    mails: new Map(),
    pageId: page?.id ?? '',
  }
}

/** Others may still have some in hand: what they put back is not waited for until their lease is over. */
const lookAgainMs = 5_000

async function whenNext(broadcastId: string, ends: ChannelEnd[], now: Date, leaseMs: number): Promise<Date | null> {
  const turn = nextTurn(ends, now)
  if (turn !== null && turn <= now) return turn
  const due = await nextDue(broadcastId, leaseMs)
  if (turn !== null) {
    const later = due.at !== null && due.at > now ? [due.at.getTime()] : []
    return new Date(Math.min(turn.getTime(), ...later))
  }
  if (due.inHand) return earliest(due.at, new Date(now.getTime() + lookAgainMs))
  if (due.at !== null) return due.at
  // Rows are still being written, or were written a moment ago.
  return (await endBroadcast(broadcastId)) ? null : new Date(now.getTime() + 1_000)
}

const earliest = (a: Date | null, b: Date): Date => (a !== null && a < b ? a : b)
