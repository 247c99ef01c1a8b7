import {
  type ClaimedDelivery,
  type ClaimPlace,
  claimDeliveries,
  unclaimDeliveries,
} from '@/domain/notification/claim-deliveries'
import { type Delivered, deliver, type Telling } from '@/domain/notification/deliver'
import type { DeliveryOutside } from '@/domain/notification/delivery-outside'
import { noteRecipient } from '@/domain/notification/note-recipient'
import { paced, slotTimes } from '@/domain/notification/pace'
import { recheck, stoppedBecause } from '@/domain/notification/recheck'
import { pauseProvider, reserveSlots } from '@/domain/notification/reserve-slots'
import { databaseClock, paceOf, sendClock } from '@/domain/notification/send-clock'
import { Settling } from '@/domain/notification/settle-deliveries'
import type { Channel } from '@/prisma/generated/enums'

/** Chunks in hand at once: while one is sent the next are claimed, reserved and written down. */
const atOnce = 3
/** Slots that this process was too late for are reserved again, so that late sends of many add up to little. */
const latestMs = 50
/** So many in a row that the provider did not take: it is down, and left alone for a while. */
const downAfter = 10
const downMs = 15_000

/** How a channel's turn ended: nothing is due, its time is up, its provider rests until then, or all of it is stopped. */
export type ChannelEnd =
  | { kind: 'idle' | 'time-up' }
  | { kind: 'rests'; until: Date }
  | { kind: 'stopped'; because: string }

/** Sends what is due on one channel at its provider's rate until nothing is, or `untilMs` of the process's clock. */
export async function sendChannel(
  outside: DeliveryOutside,
  telling: Telling,
  channel: Channel,
  untilMs: number,
): Promise<ChannelEnd> {
  const turn = new ChannelTurn(outside, telling, channel, untilMs)
  try {
    await Promise.all(Array.from({ length: atOnce }, () => turn.work()))
  } finally {
    await turn.settling.end()
  }
  return turn.end ?? { kind: 'idle' }
}

class ChannelTurn {
  readonly settling = new Settling()
  end: ChannelEnd | null = null
  private readonly control = new AbortController()
  private readonly signal: AbortSignal
  private readonly rate: number
  private place: ClaimPlace | null = null
  private troubles = 0

  constructor(
    private readonly outside: DeliveryOutside,
    private readonly telling: Telling,
    private readonly channel: Channel,
    private readonly untilMs: number,
  ) {
    this.signal = AbortSignal.any([outside.signal, this.control.signal])
    this.rate = outside.rates[channel]
  }

  /** One chunk after the other. Several of these take turns at the same rows. */
  async work(): Promise<void> {
    try {
      for (;;) {
        if (this.signal.aborted || performance.timeOrigin + performance.now() >= this.untilMs)
          return this.finish({ kind: 'time-up' })
        const claimed = await this.claim()
        if (claimed.length === 0) return
        await this.sendChunk(claimed)
      }
    } catch (error) {
      this.control.abort()
      throw error
    }
  }

  private finish(end: ChannelEnd): void {
    this.end ??= end
    this.control.abort()
  }

  /** On from where the last claim ended; at the end once more from the beginning, where others may have put some back. */
  private async claim(): Promise<ClaimedDelivery[]> {
    const size = Math.max(1, Math.ceil(this.rate / 10))
    for (;;) {
      const from = this.place
      const { claimed, next } = await claimDeliveries(this.telling.broadcast.id, this.channel, size, from)
      this.place = claimed.length === 0 ? null : next
      if (claimed.length > 0 || from === null) return claimed
    }
  }

  private async sendChunk(claimed: ClaimedDelivery[]): Promise<void> {
    const because = stoppedBecause(claimed[0]!, this.telling.broadcast.kind)
    if (because !== null) {
      await unclaimDeliveries(claimed.map(({ id }) => id))
      return this.finish({ kind: 'stopped', because })
    }
    const { sendable, settled } = await recheck(this.outside, claimed)
    for (const one of settled) this.settling.add(one)
    let rest = sendable
    while (rest.length > 0 && !this.signal.aborted) rest = await this.sendReserved(rest)
    await unclaimDeliveries(rest.map(({ id }) => id))
  }

  /** Answers those whose time has passed by unused. */
  private async sendReserved(chunk: ClaimedDelivery[]): Promise<ClaimedDelivery[]> {
    const { rate, signal } = this
    const clock = sendClock(signal)
    const reserved = await reserveSlots(this.channel, rate, chunk.length)
    if ('restMs' in reserved) {
      this.finish({ kind: 'rests', until: new Date(this.outside.now().getTime() + reserved.restMs) })
      return chunk
    }
    const startAt = databaseClock.ours(reserved.databaseMs, clock.now()) + reserved.startMs
    const slots = slotTimes({ start: startAt, rate, count: chunk.length })
    const pace = paceOf(this.channel, rate)
    const begun = await paced(slots, index => this.sendOne(chunk[index]!), { pace, clock, signal, latestMs })
    return chunk.slice(begun)
  }

  private async sendOne(one: ClaimedDelivery): Promise<void> {
    const delivered = await deliver(this.outside, this.telling, one)
    await noteRecipient(this.outside, one, delivered)
    this.settling.add(delivered.settled)
    await this.noteProvider(delivered)
  }

  private async noteProvider({ providerTrouble, restUntil }: Delivered): Promise<void> {
    this.troubles = providerTrouble ? this.troubles + 1 : 0
    const now = this.outside.now().getTime()
    const restMs = Math.max(restUntil ? restUntil.getTime() - now : 0, this.troubles >= downAfter ? downMs : 0)
    if (restMs <= 0) return
    await pauseProvider(this.channel, restMs)
    this.finish({ kind: 'rests', until: new Date(now + restMs) })
  }
}
