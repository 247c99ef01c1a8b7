import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { authorizeEver } from '@/domain/policy'
import type { BackupStorage } from '@/domain/recovery/backup-storage'
import { isUniqueViolation, reader, transaction } from '@/domain/transaction'

const namesAtOnce = 500

/**
 * Looks into backup storage for batches nobody has seen and notes them as arriving; what follows takes them in. Answers the
 * new ones' names. With `only`, looks for that one. A name that is not UTF-8 can be noted nowhere and is passed over.
 */
export async function lookForBatches(
  actor: Actor,
  { storage }: { storage: BackupStorage },
  only?: string,
): Promise<string[]> {
  authorizeEver(actor, 'batch.look')
  const found: string[] = []
  let names: string[] = []
  const note = async () => {
    for (const name of await unknownOf(names)) if (await noteBatch(actor, name)) found.push(name)
    names = []
  }
  for await (const name of storage.batchNames()) {
    if ((only !== undefined && name !== only) || /\p{Surrogate}/u.test(name)) continue
    names.push(name)
    if (names.length === namesAtOnce) await note()
  }
  await note()
  return found
}

async function unknownOf(names: string[]): Promise<string[]> {
  if (names.length === 0) return []
  const rows = await reader('every-carrier').recoveryBatch.findMany({
    where: { name: { in: names } },
    select: { name: true },
  })
  const known = new Set(rows.map(row => row.name))
  return names.filter(name => !known.has(name)).sort()
}

async function noteBatch(actor: Actor, name: string): Promise<boolean> {
  try {
    await transaction(actor, async tx => {
      const { id } = await tx.recoveryBatch.create({ data: { name } })
      await recordEvent(tx, actor, { subject: `batch:${id}`, kind: 'batch.found', carrierId: null })
    })
    return true
  } catch (error) {
    // Another look, at the same moment, was first.
    if (isUniqueViolation(error)) return false
    throw error
  }
}
