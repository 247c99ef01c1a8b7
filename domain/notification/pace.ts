/** What a timer may oversleep and be made up for: so many milliseconds of sends may begin at one instant. */
const toleranceMs = 20
/** Over so many sends is learned that they take longer, and over so many that they take less long; a stall teaches next to nothing. */
const [slowly, quickly] = [300, 50]

/** When each of `count` sends may begin, in milliseconds of the clock, from `start` on at `rate` a second: GCRA without burst. */
export function slotTimes({ start, rate, count }: { start: number; rate: number; count: number }): number[] {
  return Array.from({ length: count }, (_, i) => start + (i * 1000) / rate)
}

/**
 * One process's sends to one provider: shared by all its calls of {@link paced}, so that what one reservation began late
 * counts against the next. In no second, wherever it starts, do more than `rate` sends (rounded up) begin; a stall is
 * followed by at most 20 ms' worth at once, then by the rate.
 */
export class Pace {
  private readonly intervalMs: number
  /** The moments of the last second's worth of sends, in a ring. */
  private readonly begun: Float64Array
  private readonly least: number
  private readonly most: number
  private next = 0
  /** GCRA's theoretical arrival time. */
  private arrival = Number.NEGATIVE_INFINITY
  private running = 0
  /** How long a send takes, in milliseconds, where nothing holds it up. */
  private latencyMs = 0
  private readonly waiting: (() => void)[] = []

  /**
   * `rate`: sends a second. `inFlight`: how many may have begun and not ended; within it three times as many as the rate
   * needs where a send takes as long as it does, so that after a stall few arrive together. Throws RangeError for what cannot be.
   */
  constructor({ rate, inFlight }: { rate: number; inFlight: { least: number; most: number } }) {
    if (!(rate > 0 && Number.isFinite(rate))) throw new RangeError('A rate is more than nothing a second.')
    const { least, most } = inFlight
    if (!Number.isInteger(least) || least < 1 || !(most >= least))
      throw new RangeError('At least one send is in flight.')
    this.intervalMs = 1000 / rate
    this.begun = new Float64Array(Math.ceil(rate)).fill(Number.NEGATIVE_INFINITY)
    this.least = least
    this.most = most
  }

  /** The earliest moment at which the next send may begin. */
  earliest(): number {
    return Math.max(this.arrival - toleranceMs, this.begun[this.next]! + 1000)
  }

  get full(): boolean {
    const needed = (3 * this.latencyMs) / this.intervalMs
    return this.running >= Math.min(Math.max(needed, this.least), this.most)
  }

  begin(at: number): void {
    this.begun[this.next] = at
    this.next = (this.next + 1) % this.begun.length
    this.arrival = Math.max(this.arrival, at) + this.intervalMs
    this.running += 1
  }

  /** One that took so long has ended. */
  end(tookMs: number): void {
    this.running -= 1
    const taught = Math.min(tookMs, 1.5 * this.latencyMs + 5)
    this.latencyMs += (taught - this.latencyMs) / (tookMs > this.latencyMs ? slowly : quickly)
    // All of them: one that was aborted meanwhile would take the place of one that waits on.
    for (const wake of this.waiting.splice(0)) wake()
  }

  /** Resolves when one in flight has ended. */
  ended(): Promise<void> {
    return new Promise(resolve => void this.waiting.push(resolve))
  }
}

export interface Clock {
  /** Milliseconds; fractions count. */
  now(): number
  /** May oversleep. Resolves early, or rejects, when the signal aborts. */
  sleep(ms: number): Promise<void>
}

/**
 * Begins the send of each slot at its time or later, never before it and in order, as its {@link Pace} allows; resolves
 * when all that began have ended, with how many they are: the first so many. The rest was not begun because the signal
 * aborted, or because their slots were more than `latestMs` past: whoever reserved them reserves again. When a send
 * rejects no other begins, and it rejects with that when all have ended.
 */
export async function paced(
  slots: readonly number[],
  send: (index: number) => Promise<void>,
  { pace, clock, signal, latestMs = Infinity }: { pace: Pace; clock: Clock; signal: AbortSignal; latestMs?: number },
): Promise<number> {
  const sending: Promise<void>[] = []
  const failures: unknown[] = []
  const isOver = (slot: number) => signal.aborted || failures.length > 0 || clock.now() - slot > latestMs
  for (const [index, slot] of slots.entries()) {
    if (!(await takeTurn(slot, isOver, { pace, clock, signal }))) break
    const began = clock.now()
    const sent = send(index)
      .catch(error => void failures.push(error))
      .finally(() => pace.end(clock.now() - began))
    sending.push(sent)
  }
  await Promise.all(sending)
  if (failures.length > 0) throw failures[0]
  return sending.length
}

/**
 * Waits for the slot, for the pace and for a free place, whichever comes last, and takes the turn in the moment it finds
 * it free: another call may stand ready for it. False where it is over.
 */
async function takeTurn(
  slot: number,
  isOver: (slot: number) => boolean,
  { pace, clock, signal }: { pace: Pace; clock: Clock; signal: AbortSignal },
): Promise<boolean> {
  while (!isOver(slot)) {
    const now = clock.now()
    const wait = Math.max(slot, pace.earliest()) - now
    if (wait <= 0 && !pace.full) {
      pace.begin(now)
      return true
    }
    if (wait > 0) await clock.sleep(wait).catch(error => ignoreAbort(error, signal))
    else await pace.ended()
  }
  return false
}

function ignoreAbort(error: unknown, signal: AbortSignal): void {
  if (!signal.aborted) throw error
}
