/** How many of the last ones say how quick it can be. */
const remembered = 50
const longestRestMs = 500

/**
 * The pace of work that nobody waits for beside work that people wait for. What takes longer than it can was held up by somebody else, and
 * then it rests for twice as long as it was held up: with nobody beside it, it hardly rests.
 */
export class Pace {
  private readonly took: number[] = []

  /** Milliseconds to rest after something that took so many. */
  restAfter(ms: number): number {
    this.took.push(ms)
    if (this.took.length > remembered) this.took.shift()
    const quickest = Math.min(...this.took)
    return Math.min(longestRestMs, Math.max(0, 2 * (ms - 1.2 * quickest)))
  }
}
