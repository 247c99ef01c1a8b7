import { validate as isUuid } from 'uuid'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { scope } from '@/domain/policy'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { reader } from '@/domain/transaction'
import { fileKey } from '@/domain/triage/file-bounds'

export interface OpenFile {
  name: string
  mediaType: string
  /** Octets. */
  size: number
  bytes: AsyncIterable<Uint8Array>
}

/**
 * One file of a ticket that the actor may read. Throws Refusal "not-found" for one that is not theirs, was not kept, or went
 * with its entry.
 */
export async function openFile(
  actor: Actor,
  sealed: SealedStore,
  { ticketId, fileId }: { ticketId: string; fileId: string },
): Promise<OpenFile> {
  const own = scope(actor, 'ticket.read')
  if (!isUuid(ticketId) || !isUuid(fileId)) throw notFound('file')
  const where = { id: fileId, ticketId, ...own, entry: { removedAt: null } }
  const file = await reader(actor).ticketFile.findFirst({ where })
  if (!file || file.mediaType === null || !(await sealed.exists(fileKey(file.id)))) throw notFound('file')
  return { name: file.name, mediaType: file.mediaType, size: file.size, bytes: sealed.read(fileKey(file.id)) }
}
