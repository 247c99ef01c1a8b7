import type { Actor } from '@/domain/actor'
import { wordsLapsed } from '@/domain/identity/words-lapsed'
import { authorizeEver } from '@/domain/policy'
import { standingWords, wordUntil } from '@/domain/recovery/batch-decision'
import { reader } from '@/domain/transaction'
import type { BatchStatus } from '@/prisma/generated/enums'

/** One administrator has said that a batch may be used; another has to say so too, before `until`. */
export interface BatchWord {
  batchId: string
  batch: string
  status: BatchStatus
  /** Null: not known. */
  by: string | null
  self: boolean
  reason: string
  at: Date
  until: Date
}

/** Batches that wait for a second person's word, the one whose time is over first first. */
export async function listBatchWords(actor: Actor, now = new Date()): Promise<BatchWord[]> {
  authorizeEver(actor, 'batch.list')
  const batches = await reader(actor).recoveryBatch.findMany({
    where: { status: { in: ['quarantined', 'withheld'] }, decisions: { some: { use: true } } },
    include: { decisions: true },
  })
  const said = batches.flatMap(batch => standingWords(batch, now).flatMap(word => (word.use ? [{ batch, word }] : [])))
  const people = said.map(({ word }) => word.staffId)
  const lapsed = await wordsLapsed(reader(actor), people, 'batch.decide', null)
  const words = said.filter(({ word }) => !lapsed.has(word.staffId))
  const staff = await reader(actor).staff.findMany({
    where: { id: { in: words.map(({ word }) => word.staffId) } },
    select: { id: true, name: true },
  })
  return words
    .map(({ batch, word: { staffId, reason, decidedAt } }) => ({
      batchId: batch.id,
      batch: batch.name,
      status: batch.status,
      by: staff.find(({ id }) => id === staffId)?.name ?? null,
      self: 'staffId' in actor && actor.staffId === staffId,
      reason,
      at: decidedAt,
      until: wordUntil({ decidedAt }),
    }))
    .sort((a, b) => a.until.getTime() - b.until.getTime())
}
