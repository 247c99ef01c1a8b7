import type { Category } from '@/domain/record/category'
import { isUsable } from '@/domain/recovery/batch-status'
import { fileName } from '@/domain/restore/load-run'
import { reader, type SeenBy } from '@/domain/transaction'

/**
 * What may be said of a record's place where its name may not: null while its batch may be used, else the file without
 * what it says itself, which for a photo is its name.
 */
export type HeldBack = (file: string) => string | null

/**
 * Tells by a plan entry's file which records come from a batch that is withheld or quarantined now: they may be somebody
 * else's, so nothing they say is shown, also long after they were restored.
 */
export async function heldBackIn(
  by: SeenBy,
  items: readonly { category: Category; holdingId: string }[],
  category: Category,
): Promise<HeldBack> {
  const mine = items.filter(item => item.category === category)
  const rows = await reader(by).holding.findMany({
    where: { id: { in: mine.map(item => item.holdingId) } },
    select: { objectKey: true, batch: { select: { name: true, status: true } } },
  })
  const sources = rows.flatMap(({ objectKey, batch }) => {
    if (objectKey === null) return []
    return [{ file: fileName(objectKey, mine.length > 1 ? batch.name : null), usable: isUsable(batch.status) }]
  })
  if (sources.length === mine.length && sources.every(one => one.usable)) return () => null
  return file => {
    const source = sources.find(one => (one.file.endsWith('/') ? file.startsWith(one.file) : file === one.file))
    // Whose batch is not known any more is held back too: nobody can say that it may be used.
    return source?.usable ? null : (source?.file ?? (category === 'photos' ? 'photos/' : file))
  }
}
