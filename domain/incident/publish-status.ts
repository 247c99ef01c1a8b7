import type { Actor } from '@/domain/actor'
import type { PublicNotice, PublicStatus } from '@/domain/incident/public-status'
import { readPublicStatus } from '@/domain/incident/read-public-status'
import type { StatusFile, StatusFiles } from '@/domain/incident/status-files'
import { authorizeEver } from '@/domain/policy'
import { reader, transaction } from '@/domain/transaction'

interface Publishing {
  files: StatusFiles
  readNotices: () => Promise<PublicNotice[]>
  /** The files of a whole generation. */
  compose: (status: PublicStatus) => StatusFile[]
}

/**
 * Writes the public page anew as the next generation of files. Whoever publishes holds a lock from before reading until
 * after the swap, so that what was read later is never replaced by what was read before. Answers the number served.
 */
export async function publishStatus(actor: Actor, { files, readNotices, compose }: Publishing): Promise<number> {
  authorizeEver(actor, 'status.publish')
  return transaction(actor, async tx => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7, 2)`
    const publishedAt = new Date()
    // Not through the transaction: it has no snapshot to share, and its one connection would read table after table.
    const status = await readPublicStatus(reader(actor), publishedAt)
    const notices = await readNotices()
    // Numbers only increase, also where files were kept and the database was put back.
    const { generation } = await tx.statusPage.findUniqueOrThrow({ where: { single: 1 } })
    const number = Math.max(generation, (await files.current())?.number ?? 0) + 1
    await files.publish({ number, publishedAt, files: compose({ ...status, notices }) })
    await tx.statusPage.update({ where: { single: 1 }, data: { generation: number, publishedAt } })
    return number
  })
}
