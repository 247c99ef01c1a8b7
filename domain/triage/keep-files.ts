import type { SealedStore } from '@/domain/restore/sealed-store'
import { reader, type Tx } from '@/domain/transaction'
import { fileBounds, fileKey, type RefusedReason } from '@/domain/triage/file-bounds'
import { fileKind } from '@/formats/mail/file-kind'
import type { MailFile } from '@/formats/mail/read-mail'

const frameBytes = 256 * 1024

/** A file as it is noted beside its entry: what it is, or why it is not kept. */
export interface NotedFile {
  ordinal: number
  name: string
  size: number
  mediaType: string | null
  refused: RefusedReason | null
}

/** Judges every file of a mail by what is in it. Of very many the rest is not even told of. */
export async function judgeFiles(files: readonly MailFile[]): Promise<NotedFile[]> {
  const noted: NotedFile[] = []
  let kept = 0
  for (const [ordinal, { name, bytes }] of files.slice(0, fileBounds.count + fileBounds.told).entries()) {
    const mediaType = bytes.length > fileBounds.size ? null : await fileKind(bytes)
    const refused =
      bytes.length === 0
        ? 'empty'
        : bytes.length > fileBounds.size
          ? 'size'
          : mediaType === null
            ? 'kind'
            : kept >= fileBounds.count
              ? 'count'
              : null
    if (refused === null) kept++
    noted.push({ ordinal, name, size: bytes.length, mediaType: refused === null ? mediaType : null, refused })
  }
  return noted
}

/** In the entry's own transaction; the bytes follow, and may follow twice. */
export async function noteFiles(
  tx: Tx,
  of: { entryId: string; ticketId: string; carrierId: string; subscriberId: string },
  files: readonly NotedFile[],
): Promise<void> {
  await tx.ticketFile.createMany({ data: files.map(file => ({ ...of, ...file })) })
}

/** Seals the bytes of what was noted to be kept. Called again it seals the same again. */
export async function sealFiles(sealed: SealedStore, entryId: string, files: readonly MailFile[]): Promise<void> {
  const rows = await reader('every-carrier').ticketFile.findMany({ where: { entryId, refused: null } })
  for (const { id, ordinal } of rows) {
    const bytes = files[ordinal]?.bytes
    if (bytes === undefined || (await sealed.exists(fileKey(id)))) continue
    const writer = await sealed.write(fileKey(id))
    try {
      for (let at = 0; at < bytes.length; at += frameBytes) await writer.append(bytes.subarray(at, at + frameBytes))
      await writer.finish()
    } catch (error) {
      await writer.abandon()
      throw error
    }
  }
}

/** Takes away the files of an entry that was removed: first the bytes, then what was known of them. */
export async function forgetFiles(sealed: SealedStore, entryId: string): Promise<void> {
  const db = reader('every-carrier')
  const rows = await db.ticketFile.findMany({ where: { entryId, entry: { removedAt: { not: null } } } })
  for (const { id } of rows) await sealed.remove(fileKey(id))
  await db.ticketFile.deleteMany({ where: { id: { in: rows.map(row => row.id) } } })
}
