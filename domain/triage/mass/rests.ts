/** How many of the last ones say how quick it can be. */
const remembered = 50
const longestRestMs = 500

/**
 * How work that nobody waits for gives way to work that people wait for. What takes longer than it can was held up by somebody else, and
 * then it rests for twice as long as it was held up: with nobody beside it, it hardly rests.
 */
export class Rests {
  private readonly lately: number[] = []

  /** Milliseconds to rest after something that took so many. */
  after(ms: number): number {
    this.lately.push(ms)
    if (this.lately.length > remembered) this.lately.shift()
    const quickest = Math.min(...this.lately)
    return Math.min(longestRestMs, Math.max(0, 2 * (ms - 1.2 * quickest)))
  }
}
