/** What one write showed of a server: 'unclear' where a test failed to tell, 'untested' where none could be made. */
export type Finding = 'honoured' | 'ignored' | 'unclear' | 'untested'

/** Unclear tests after which a server is taken for one that ignores preconditions. */
const enough = 3

/**
 * Finds out once per server whether it honours preconditions, by the first write to it. Other writes wait for that one, because on
 * a server that ignores them a write would silently replace what is there.
 */
export class Preconditions {
  private readonly underWay = new Map<string, Promise<void>>()
  private readonly honoured = new Map<string, boolean>()
  private readonly unclear = new Map<string, number>()

  constructor(private readonly onIgnored: () => void) {}

  /** Runs `known` where the answer is there, else `first`, which also tests. At most one `first` runs at a time per server. */
  async write<T>(
    origin: string,
    known: (honoured: boolean) => Promise<T>,
    first: () => Promise<{ result: T; finding: Finding }>,
  ): Promise<T> {
    for (;;) {
      const honoured = this.honoured.get(origin)
      if (honoured !== undefined) return known(honoured)
      const underWay = this.underWay.get(origin)
      if (!underWay) return this.test(origin, first)
      await underWay
    }
  }

  private async test<T>(origin: string, first: () => Promise<{ result: T; finding: Finding }>): Promise<T> {
    const running = first()
    // Whoever waits learns of a failure as "untested"; the error itself is the first writer's.
    const learnt = running.then(
      ({ finding }) => this.learn(origin, finding),
      () => this.learn(origin, 'untested'),
    )
    this.underWay.set(origin, learnt)
    await learnt
    return (await running).result
  }

  private learn(origin: string, finding: Finding): void {
    this.underWay.delete(origin)
    if (finding === 'untested') return
    const unclear = (this.unclear.get(origin) ?? 0) + Number(finding === 'unclear')
    this.unclear.set(origin, unclear)
    if (finding === 'unclear' && unclear < enough) return
    this.honoured.set(origin, finding === 'honoured')
    if (finding !== 'honoured') this.onIgnored()
  }
}
