import { setTimeout as sleep } from 'node:timers/promises'
import type { Chance } from '@/test/campaign/chance'
import type { Mortal } from '@/test/campaign/mortal'
import { ownerOf, type Passing } from '@/test/campaign/watched-proxy'

const manners = ['before the answer', 'before the commit', 'at any time'] as const
type Manner = (typeof manners)[number]

/** Kills workers by the number of writes that servers have taken, each in a manner of its own. */
export class Reaper {
  /** What was done, by manner. */
  readonly deaths: Record<string, number> = {}
  private due: { at: number; manner: Manner }[] = []
  private writes = 0
  private readonly underWay: Promise<void>[] = []

  constructor(
    private readonly chance: Chance,
    private readonly workers: Mortal[],
    private readonly say: (progress: string) => void,
  ) {}

  /** So many deaths, spread over the next so many writes; every other one between a write and what would be told of it. */
  plan(kills: number, writes: number): void {
    this.writes = 0
    this.due = Array.from({ length: kills }, (_, i) => ({
      at: this.chance.between(Math.ceil(writes * 0.03), Math.floor(writes * 0.85)),
      manner: i % 2 === 0 ? ('before the answer' as const) : this.chance.pick(manners),
    })).sort((a, b) => a.at - b.at)
  }

  /** Asked by the proxies at every answer. */
  async answered({ method, status, port }: Passing): Promise<'pass' | 'drop'> {
    if ((method !== 'PUT' && method !== 'DELETE') || status >= 300) return 'pass'
    this.writes++
    const next = this.due[0]
    if (!next || next.at > this.writes) return 'pass'
    this.due.shift()
    const pid = ownerOf(
      port,
      this.workers.map(one => one.pid),
    )
    const writer = this.workers.find(one => one.pid === pid) ?? this.chance.pick(this.workers)
    if (next.manner === 'before the answer') {
      await this.kill(writer, next.manner)
      return 'drop'
    }
    const victim = next.manner === 'before the commit' ? writer : this.chance.pick(this.workers)
    const rest = next.manner === 'before the commit' ? this.chance.between(0, 30) : this.chance.between(0, 1_500)
    this.underWay.push(sleep(rest).then(() => this.kill(victim, next.manner)))
    return 'pass'
  }

  /** Resolves when every death that was begun is over; answers how many did not come to pass. */
  async settle(): Promise<number> {
    await Promise.all(this.underWay.splice(0))
    return this.due.splice(0).length
  }

  private async kill(victim: Mortal, manner: Manner): Promise<void> {
    await victim.kill()
    this.deaths[manner] = (this.deaths[manner] ?? 0) + 1
    this.say(`a worker was killed ${manner}, after ${this.writes} writes`)
  }
}
