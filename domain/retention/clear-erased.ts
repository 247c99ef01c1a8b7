import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { readExpectedCounts } from '@/domain/recovery/expected-counts'
import { type CutOutside, cutBag } from '@/domain/retention/cut-bag'
import { erasedAmong } from '@/domain/retention/erased-account'
import { forgetInBatch } from '@/domain/retention/forget-in-batch'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader, transaction } from '@/domain/transaction'

const clearInput = z.object({ batchId: z.uuid() })
const idsAtOnce = 500
const againMs = 60_000

/**
 * Takes out of a batch that was decided what it holds of people who were erased before it came. Answers when to look again:
 * the bag is still arriving, or somebody else changes it; null: done.
 */
export async function clearErased(
  actor: Actor,
  outside: CutOutside & { secrets: Secrets },
  input: z.input<typeof clearInput>,
  now = new Date(),
): Promise<{ again: Date | null }> {
  authorizeEver(actor, 'erasure.run')
  const { batchId } = parseInput(clearInput, input)
  const db = reader('every-carrier')
  const batch = await db.recoveryBatch.findUnique({ where: { id: batchId } })
  if (!batch) return { again: null }
  const again = new Date(now.getTime() + againMs)
  if (batch.status === 'arriving') return { again }
  const found: string[] = []
  let ids = new Set<string>()
  const ask = async () => {
    found.push(...(await erasedAmong(db, outside.secrets, batch.carrierId, [...ids])))
    ids = new Set()
  }
  for await (const id of accountIdsIn(outside, batch.name)) {
    ids.add(id)
    if (ids.size === idsAtOnce) await ask()
  }
  await ask()
  const accountIds = [...new Set(found)]
  if (accountIds.length === 0) return { again: null }
  const cut = await cutBag(outside, batch, accountIds)
  if (cut === null) return { again }
  await transaction('every-carrier', async tx => {
    await forgetInBatch(tx, batchId, accountIds)
    const data = { folders: accountIds.length, files: cut.files, lines: cut.lines }
    const { carrierId } = batch
    await recordEvent(tx, actor, { subject: `batch:${batchId}`, kind: 'batch.erased-from', carrierId, data }, now)
  })
  return { again: null }
}

/** Account ids as the bag's folders and expected.csv name them, some of them several times. */
async function* accountIdsIn({ storage }: CutOutside, name: string): AsyncIterable<string> {
  for await (const { key } of storage.list(`${name}/data/`)) {
    const [, , id, ...rest] = key.split('/')
    if (id !== undefined && rest.length > 0) yield id
  }
  const expected = `${name}/data/expected.csv`
  if ((await storage.stat(expected)) === null) return
  for await (const line of readExpectedCounts(storage.read(expected)))
    if ('expected' in line) yield line.expected.accountId
}
