import type { Tx } from '@/domain/transaction'

/** "Contacts are not syncing" on 10 October 2009: "2009-10-10-contacts-are-not-syncing", with a number where that is taken. */
export async function freeSlug(tx: Tx, title: string, startedAt: Date): Promise<string> {
  const words = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-|-$/g, '')
  const slug = [startedAt.toISOString().slice(0, 10), words].filter(Boolean).join('-')
  // Two of one title at the same moment take turns.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(7, 3)`
  const taken = await tx.incident.findMany({ where: { slug: { startsWith: slug } }, select: { slug: true } })
  const names = new Set(taken.map(one => one.slug))
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? slug : `${slug}-${n}`
    if (!names.has(candidate)) return candidate
  }
}
