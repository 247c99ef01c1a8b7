import { setTimeout as sleep } from 'node:timers/promises'

export interface Timed {
  what: string
  /** From when it was to begin, so that what waits for others shows. */
  ms: number
  /** What went wrong, where it did: a server that cannot keep up leaves some unanswered. */
  failed: string | null
}

/** Begins something every so often, whether what began before has ended or not, and answers how long each took and how it ended. */
export async function openLoop(
  perSecond: number,
  seconds: number,
  begin: (at: number) => { what: string; done: Promise<unknown> },
): Promise<Timed[]> {
  const taken: Promise<Timed>[] = []
  const start = performance.now()
  for (let at = 0; at < perSecond * seconds; at++) {
    const due = start + (at * 1000) / perSecond
    await sleep(Math.max(0, due - performance.now()))
    const { what, done } = begin(at)
    const ended = (failed: string | null): Timed => ({ what, ms: performance.now() - due, failed })
    taken.push(
      done.then(
        () => ended(null),
        error => ended(String(error)),
      ),
    )
  }
  return Promise.all(taken)
}

/** The value that so many of a hundred do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN
}

/** Milliseconds by what was done. */
export function byWhat(timed: Timed[]): Map<string, number[]> {
  const all = new Map<string, number[]>()
  for (const { what, ms } of timed) all.set(what, [...(all.get(what) ?? []), ms])
  return all
}
