import type { Lease } from '@/domain/restore/account-lease'
import { commitChunk } from '@/domain/restore/commit-chunk'
import { decodeFrame, type Framed } from '@/domain/restore/frame'
import { noOutcomes, type OutcomeCounts, type Settled } from '@/domain/restore/outcome'
import type { PlanEntry } from '@/domain/restore/plan-entry'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { type Destination, meansPlanned, settleEntry } from '@/domain/restore/settle-write'
import { Slots } from '@/domain/restore/slots'
import type { RunCategory } from '@/prisma/generated/client'

export interface Push {
  lease: Lease
  row: RunCategory
  to: Destination
  sealed: SealedStore
  /** True when the worker must let go: asked between two records. */
  letGo(): boolean
  /** Called after each committed chunk. */
  committed(): void
}

/** Frames that may be written but not yet committed: enough to keep the connections busy during a commit. */
const framesAhead = 3

/**
 * Replays the frozen plan from the first record that is not settled. Records go out over all the account's connections at
 * once; outcomes are read back and committed frame by frame, in order. Answers whether the plan is through.
 */
export async function pushPlan(push: Push): Promise<boolean> {
  const tally = new Tally(push)
  const { connections } = push.to.account
  // Behind each record that is on its way the next stands ready. Files are large: one that waits there could have gone elsewhere.
  const slots = new Slots(push.to.kind === null ? connections : 2 * connections)
  const open: Promise<void>[] = []
  let commits: Promise<void> = Promise.resolve()
  let stopped = false
  let trouble: unknown = null
  const stop = (): boolean => {
    stopped ||= trouble !== null || push.letGo()
    return stopped
  }

  for await (const bytes of push.sealed.read(push.row.planKey!)) {
    const frame = decodeFrame<PlanEntry>(bytes).filter(({ meta }) => meta.n >= push.row.settled)
    if (frame.length === 0) continue
    const results: (Settled | undefined)[] = frame.map(() => undefined)
    const writes: Promise<void>[] = []
    for (const [i, entry] of frame.entries()) {
      if (stop()) break
      await slots.take()
      writes.push(
        settleEntry(push.to, entry)
          .then(
            result => {
              results[i] = result
            },
            error => {
              trouble ??= error
            },
          )
          .finally(() => slots.give()),
      )
    }
    commits = commits
      .then(async () => {
        await Promise.all(writes)
        await tally.commit(frame, results)
      })
      .catch(error => {
        tally.end()
        trouble ??= error
      })
    open.push(commits)
    if (open.length >= framesAhead) await open.shift()
    if (stop()) break
  }
  await commits
  if (trouble !== null) throw trouble
  return !stopped
}

/** Counts, reads back and commits. A frame that was cut short is committed up to the first record without an outcome. */
class Tally {
  private readonly counts: OutcomeCounts
  private settled: number
  private verified: number
  private cut = false

  constructor(private readonly push: Push) {
    this.counts = { ...noOutcomes(), ...(push.row.counts as Partial<OutcomeCounts>) }
    this.settled = push.row.settled
    this.verified = push.row.verified
  }

  /** After a commit that failed nothing more is committed: the next run takes up from there. */
  end(): void {
    this.cut = true
  }

  async commit(frame: Framed<PlanEntry>[], results: (Settled | undefined)[]): Promise<void> {
    if (this.cut) return
    const gap = results.indexOf(undefined)
    const end = gap === -1 ? frame.length : gap
    this.cut = gap !== -1
    const outcomes = results.slice(0, end) as Settled[]
    if (outcomes.length === 0) return
    if (this.push.to.kind !== null) await readBackAll(this.push.to, frame, outcomes)
    for (const { outcome, verified } of outcomes) {
      this.counts[outcome]++
      if (verified) this.verified++
    }
    this.settled = outcomes.at(-1)!.n + 1
    const { lease, row } = this.push
    await commitChunk(lease, {
      carrierId: row.carrierId,
      runId: row.runId,
      runCategoryId: row.id,
      category: row.category,
      outcomes,
      counts: this.counts,
      settled: this.settled,
      verified: this.verified,
    })
    this.push.committed()
  }
}

/** Reads back what was written, in one request: equal meaning counts as verified, and the tag is the server's word now. */
async function readBackAll(to: Destination, frame: Framed<PlanEntry>[], outcomes: Settled[]): Promise<void> {
  const written = new Map<string, number>()
  for (const [i, { outcome, href }] of outcomes.entries()) {
    if (href !== null && frame[i]!.meta.write !== 'none' && outcome === frame[i]!.meta.outcome) written.set(href, i)
  }
  if (written.size === 0) return
  for await (const item of to.account.fetch(to.collection, to.category, [...written.keys()])) {
    const i = written.get(item.href)
    if (i === undefined) continue
    const { body } = frame[i]!
    const same = body !== null && Buffer.compare(body, item.body) === 0
    if (!same && !meansPlanned(to.kind, frame[i]!, item.body)) continue
    outcomes[i]!.verified = true
    outcomes[i]!.etag = item.etag
  }
}
