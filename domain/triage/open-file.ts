import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { scope } from '@/domain/policy'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { reader } from '@/domain/transaction'
import { fileKey } from '@/domain/triage/file-bounds'

const openInput = z.object({ ticketId: z.uuid(), fileId: z.uuid() })

export interface OpenFile {
  name: string
  mediaType: string
  size: number
  bytes: AsyncIterable<Uint8Array>
}

/**
 * One file of a ticket that the actor may read. Throws Refusal "not-found" for one that is not theirs, was not kept, or went
 * with its entry.
 */
export async function openFile(actor: Actor, sealed: SealedStore, input: z.input<typeof openInput>): Promise<OpenFile> {
  const { ticketId, fileId } = parseInput(openInput, input)
  const where = { id: fileId, ticketId, ...scope(actor, 'ticket.read') }
  const file = await reader(actor).ticketFile.findFirst({ where: { ...where, entry: { removedAt: null } } })
  if (!file || file.mediaType === null || !(await sealed.exists(fileKey(file.id)))) throw notFound('file')
  return { name: file.name, mediaType: file.mediaType, size: file.size, bytes: sealed.read(fileKey(file.id)) }
}
