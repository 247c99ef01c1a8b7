import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { beginErasure } from '@/domain/retention/begin-erasure'
import { cutBag } from '@/domain/retention/cut-bag'
import { eraseArchives } from '@/domain/retention/erase-archives'
import { eraseRows, keptFormMinutes } from '@/domain/retention/erase-rows'
import type { ErasureOutside } from '@/domain/retention/erasure-outside'
import { forgetInBatch } from '@/domain/retention/forget-in-batch'
import { type Locator, openLocator } from '@/domain/retention/locator'
import { moveErasure } from '@/domain/retention/move-erasure'
import { type Prisma, reader, transaction } from '@/domain/transaction'
import type { Erasure } from '@/prisma/generated/client'

const eraseInput = z.object({ erasureId: z.uuid() })
const waitMs = 15 * 60_000
const bagWaitMs = 30_000

/**
 * Erases a subscriber once the days in which it could be taken back are over. Each step may be done again: killed anywhere
 * and called again it goes on. Answers when to call again; null: done, refused or taken back.
 */
export async function eraseSubscriber(
  actor: Actor,
  outside: ErasureOutside,
  input: z.input<typeof eraseInput>,
  now = new Date(),
): Promise<{ again: Date | null }> {
  authorizeEver(actor, 'erasure.run')
  const { erasureId } = parseInput(eraseInput, input)
  const before = await reader(actor).erasure.findUnique({ where: { id: erasureId } })
  if (!before) throw notFound('erasure')
  if (before.status === 'approved') {
    if (now < before.dueAt!) return { again: before.dueAt }
    const begun = await beginErasure(actor, outside.secrets, erasureId, now)
    if (begun.kind === 'waits') return { again: new Date(now.getTime() + waitMs) }
  }
  const erasure = await reader(actor).erasure.findUniqueOrThrow({ where: { id: erasureId } })
  if (erasure.status !== 'running') return { again: null }
  const locator = openLocator(outside.secrets, erasureId, erasure.locator!)
  const bags = await eraseBags(outside, erasure, locator)
  if (bags === null) return { again: new Date(now.getTime() + bagWaitMs) }
  const archives = await eraseArchives(outside.sealed, erasure.subscriberId)
  const copies = await outside.copies.forget(locator)
  await noteCounts(erasureId, { ...bags, archives, copies })
  // A form that somebody had open at the beginning may have been kept for this long.
  const formsGone = new Date(erasure.begunAt!.getTime() + keptFormMinutes * 60_000)
  if (now < formsGone) return { again: formsGone }
  await finish(actor, outside, erasure, locator, now)
  return { again: null }
}

/** Null: somebody else changes one of the bags. Bags that still arrive are cut when they have (clear-erased.ts). */
async function eraseBags(
  outside: ErasureOutside,
  { carrierId }: Erasure,
  { accountId }: Locator,
): Promise<{ bags: number; files: number } | null> {
  const sum = { bags: 0, files: 0 }
  for (let after: string | undefined; ; ) {
    const page = await batchesOf(carrierId, after)
    for (const batch of page) {
      const cut = await cutBag(outside, batch, [accountId])
      if (cut === null) return null
      await transaction('every-carrier', tx => forgetInBatch(tx, batch.id, [accountId]))
      if (cut.files + cut.lines > 0) sum.bags++
      sum.files += cut.files
    }
    after = page.at(-1)?.id
    if (after === undefined) return sum
  }
}

const batchesAtOnce = 100

/** Bags that name the carrier, or none; where one names a carrier that nobody knows, its ids are nobody's here. */
function batchesOf(carrierId: string, after = '00000000-0000-0000-0000-000000000000') {
  return reader('every-carrier').$queryRaw<{ id: string; name: string }[]>`
    SELECT b.id, b.name FROM recovery_batches b
    WHERE b.status <> 'arriving' AND b.id > ${after}::uuid
      AND (b.carrier_id = ${carrierId}::uuid OR (b.carrier_id IS NULL AND NOT EXISTS (
        SELECT FROM batch_exceptions e WHERE e.batch_id = b.id AND e.reason = 'unknown-carrier')))
    ORDER BY b.id LIMIT ${batchesAtOnce}`
}

/** What an earlier try has removed counts too. */
async function noteCounts(id: string, found: Record<string, number>): Promise<void> {
  await transaction('every-carrier', async tx => {
    const [row] = await tx.$queryRaw<{ counts: Record<string, number> }[]>`
      SELECT counts FROM erasures WHERE id = ${id}::uuid AND status = 'running' FOR UPDATE`
    if (!row) return
    const counts = { ...row.counts }
    for (const [name, count] of Object.entries(found)) counts[name] = (counts[name] ?? 0) + count
    await tx.erasure.update({ where: { id }, data: { counts } })
  })
}

async function finish(
  actor: Actor,
  { secrets }: ErasureOutside,
  { id, subscriberId }: Erasure,
  locator: Locator,
  now: Date,
): Promise<void> {
  await transaction(actor, async tx => {
    await tx.$queryRaw`SELECT FROM erasures WHERE id = ${id}::uuid FOR UPDATE`
    const erasure = await tx.erasure.findUniqueOrThrow({ where: { id } })
    // Two who finish at the same moment take turns.
    if (erasure.status !== 'running') return
    const rows = await eraseRows(tx, secrets, { subscriberId, locator, now })
    const sum = Object.values(rows).reduce((total, count) => total + count, 0)
    const data = { ...(erasure.counts as Record<string, number>), rows: sum }
    const row = { endedAt: now, locator: null, counts: { ...data, tables: rows } satisfies Prisma.InputJsonObject }
    await moveErasure(tx, actor, erasure, 'finish', { kind: 'erasure.done', data, row, now })
  })
}
