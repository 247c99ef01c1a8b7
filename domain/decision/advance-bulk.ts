import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { foundBy } from '@/domain/decision/bulk-filter'
import { endBulk } from '@/domain/decision/end-bulk'
import { Refusal } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver, may } from '@/domain/policy'
import { approveStep } from '@/domain/restore/approve-step'
import { asOneOfMany } from '@/domain/tasks'
import { reader, type Tx, transaction } from '@/domain/transaction'
import type { BulkApproval } from '@/prisma/generated/client'

const advanceInput = z.object({ bulkId: z.uuid() })
const pageSize = 100

/** Its row is somewhere else than this worker read it: stopped, or another worker goes on with it. */
class Overtaken extends Error {}

interface Waiting {
  id: string
  filedAt: Date
}

/**
 * Approves page by page what an approval of many finds, as the person who asked and by the rights they have now. One that is
 * refused is counted with its reason and stops nothing. The cursor moves in each approval's own transaction: killed anywhere,
 * it goes on behind the last one that counts. Answers whether there is more to do.
 */
export async function advanceBulk(
  actor: Actor,
  input: z.input<typeof advanceInput>,
  letGo: () => boolean,
): Promise<'ended' | 'again'> {
  const { bulkId } = parseInput(advanceInput, input)
  authorizeEver(actor, 'bulk.advance')
  for (;;) {
    const bulk = await reader(actor).bulkApproval.findUnique({ where: { id: bulkId } })
    if (bulk?.status !== 'running') return 'ended'
    const asker = await askerOf(actor, bulk)
    if (asker === null) return endWith(actor, bulk, 'no-right')
    const page = await pageOf(actor, bulk)
    if (page.length === 0) return endWith(actor, bulk, null)
    let at = bulk
    for (const request of page) {
      if (letGo()) return 'again'
      const next = await approveOne(asker, at, request)
      // Somebody stopped it, or another worker has it: its row says which.
      if (next === null) break
      at = next
    }
  }
}

async function endWith(actor: Actor, bulk: BulkApproval, stopReason: 'no-right' | null): Promise<'ended'> {
  await transaction(actor, tx => endBulk(tx, actor, bulk, stopReason, new Date()))
  return 'ended'
}

/** Whoever asked, as they are now; null where they left or may not do this any more. */
async function askerOf(actor: Actor, { askedBy, carrierId }: BulkApproval): Promise<Actor | null> {
  const staff = await reader(actor).staff.findUnique({ where: { id: askedBy, leftAt: null } })
  if (!staff) return null
  const asker: Actor = { role: staff.role, staffId: staff.id, carrierId: staff.carrierId, provedAt: null }
  return may(asker, 'bulk.approve', { carrierId, subscriberId: null }) ? asker : null
}

function pageOf(actor: Actor, bulk: BulkApproval): Promise<Waiting[]> {
  const { cursorFiledAt: filedAt, cursorId: id } = bulk
  const behind = filedAt && id ? [{ OR: [{ filedAt: { gt: filedAt } }, { filedAt, id: { gt: id } }] }] : []
  return reader(actor).restoreRequest.findMany({
    where: { AND: [foundBy(bulk), ...behind] },
    select: { id: true, filedAt: true },
    orderBy: [{ filedAt: 'asc' }, { id: 'asc' }],
    take: pageSize,
  })
}

/** Answers the row as it is behind this request, or null where somebody else has moved it. */
async function approveOne(asker: Actor, bulk: BulkApproval, request: Waiting): Promise<BulkApproval | null> {
  try {
    return await transaction(asker, async tx => {
      await takeAt(tx, bulk)
      await asOneOfMany(tx)
      const { runId } = await approveStep(tx, asker, { requestId: request.id }, new Date())
      return pass(
        tx,
        bulk,
        request,
        runId === null ? { halfApproved: { increment: 1 } } : { approved: { increment: 1 } },
      )
    })
  } catch (error) {
    if (error instanceof Overtaken) return null
    if (!(error instanceof Refusal)) throw error
    return noteRefusal(asker, bulk, request, error.code)
  }
}

async function noteRefusal(
  asker: Actor,
  bulk: BulkApproval,
  request: Waiting,
  code: string,
): Promise<BulkApproval | null> {
  const before = bulk.refusals as Record<string, number>
  const refusals = { ...before, [code]: (before[code] ?? 0) + 1 }
  try {
    return await transaction(asker, async tx => {
      await takeAt(tx, bulk)
      return pass(tx, bulk, request, { refused: { increment: 1 }, refusals })
    })
  } catch (error) {
    if (error instanceof Overtaken) return null
    throw error
  }
}

/** Takes the row where this worker left it; waits for whoever stops it at this moment. */
async function takeAt(tx: Tx, { id, cursorId }: BulkApproval): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM bulk_approvals
    WHERE id = ${id}::uuid AND status = 'running' AND cursor_id IS NOT DISTINCT FROM ${cursorId}::uuid
    FOR UPDATE`
  if (rows.length === 0) throw new Overtaken()
}

type Counted = Pick<
  Parameters<Tx['bulkApproval']['update']>[0]['data'],
  'approved' | 'halfApproved' | 'refused' | 'refusals'
>

const pass = (tx: Tx, { id }: BulkApproval, request: Waiting, counted: Counted): Promise<BulkApproval> =>
  tx.bulkApproval.update({
    where: { id },
    data: { ...counted, cursorFiledAt: request.filedAt, cursorId: request.id },
  })
