import type { Lease } from '@/domain/restore/account-lease'
import { amendChunk } from '@/domain/restore/commit-chunk'
import { CompactMap } from '@/domain/restore/compact-map'
import { decodeFrame } from '@/domain/restore/frame'
import type { Settled } from '@/domain/restore/outcome'
import type { PlanEntry } from '@/domain/restore/plan-entry'
import type { Destination } from '@/domain/restore/settle-write'
import { reader } from '@/domain/transaction'
import type { OutcomeChunk, RunCategory } from '@/prisma/generated/client'

/** How many of what we pushed may be missing before we say that a device overwrites the account. */
const vanishing = { atLeast: 5, share: 0.05 }

export interface Verification {
  verified: number
  pushed: number
  gone: number
  /** At least five and 5 % of what we pushed is not there any more. */
  vanishing: boolean
}

/** Outcome chunks of one category of a run in the order of the plan, a bounded number in memory. */
export async function* readChunks(runId: string, category: RunCategory['category']): AsyncIterable<OutcomeChunk> {
  let after = -1
  for (;;) {
    const page = await reader('every-carrier').outcomeChunk.findMany({
      where: { runId, category, fromOrdinal: { gt: after } },
      orderBy: { fromOrdinal: 'asc' },
      take: 20,
    })
    yield* page
    if (page.length < 20) return
    after = page.at(-1)!.fromOrdinal
  }
}

const isPushed = ({ outcome, href }: Settled): boolean =>
  href !== null && (outcome === 'created' || outcome === 'merged' || outcome === 'keptBoth')

/**
 * Looks at the collection once more, by one listing: what we pushed must still be there. Files, which are not read back one
 * by one, are verified here by their size, and their tags are written down for undo.
 */
export async function verifyCategory(input: {
  lease: Lease
  row: RunCategory
  to: Destination
  /** Octets of each planned file, where files are what was pushed. */
  sizes?: Map<number, number> | undefined
}): Promise<Verification> {
  const { row, to } = input
  const counts = row.counts as Record<string, number>
  const pushed = (counts.created ?? 0) + (counts.merged ?? 0) + (counts.keptBoth ?? 0)
  if (pushed === 0 || to.collection.url === '') return { verified: 0, pushed, gone: 0, vanishing: false }

  // Everything was read back moments ago: a look that soon after says nothing new. The looks that follow later do.
  if (to.kind !== null && row.verified === pushed && (await isFresh(row))) {
    return { verified: row.verified, pushed, gone: 0, vanishing: false }
  }
  // Of a collection only which names are there; of a folder also tags and sizes.
  const names = new CompactMap()
  const files = new Map<string, { etag: string | null; size: number | null }>()
  for await (const { href, etag, size } of to.account.list(to.collection, to.category)) {
    names.set(href, 1)
    if (to.kind === null) files.set(href, { etag, size })
  }

  let gone = 0
  let verified = row.verified
  if (to.kind === null) verified = 0
  for await (const chunk of readChunks(row.runId, row.category)) {
    const outcomes = chunk.outcomes as unknown as Settled[]
    for (const one of outcomes) {
      if (!isPushed(one)) continue
      if (!names.has(one.href!)) {
        gone++
        continue
      }
      const there = files.get(one.href!)
      if (!there) continue
      one.etag = there.etag ?? one.etag
      const octets = input.sizes?.get(one.n)
      one.verified = octets !== undefined && there.size === octets
      if (one.verified) verified++
    }
    if (to.kind === null) {
      const { runId, category, fromOrdinal } = chunk
      await amendChunk(input.lease, { runId, category, fromOrdinal }, outcomes)
    }
  }
  return { verified, pushed, gone, vanishing: gone >= vanishing.atLeast && gone >= pushed * vanishing.share }
}

const freshForMs = 20_000

/** Whether the first of this category's outcomes was committed only moments ago. */
async function isFresh(row: RunCategory): Promise<boolean> {
  const first = await reader('every-carrier').outcomeChunk.findFirst({
    where: { runId: row.runId, category: row.category },
    orderBy: { fromOrdinal: 'asc' },
    select: { committedAt: true },
  })
  return first !== null && Date.now() - first.committedAt.getTime() < freshForMs
}

/** How many octets each planned file has, by its ordinal in the plan. */
export async function plannedSizes(frames: AsyncIterable<Uint8Array>): Promise<Map<number, number>> {
  const sizes = new Map<number, number>()
  for await (const bytes of frames) {
    for (const { meta, body } of decodeFrame<PlanEntry>(bytes)) {
      const octets = meta.photo?.octets ?? body?.length
      if (meta.write === 'create' && octets !== undefined) sizes.set(meta.n, octets)
    }
  }
  return sizes
}
