import type { SealedStore } from '@/domain/restore/sealed-store'
import { mailBounds, mailKey } from '@/domain/triage/mail-bounds'
import { MailUnreadable, type ReadMail, readMail } from '@/formats/mail/read-mail'

/** A mail that lies sealed. One that has ended its reader too often is not read again. */
export async function readSealedMail(
  sealed: SealedStore,
  { id, tries }: { id: string; tries: number },
): Promise<ReadMail | 'unreadable'> {
  if (tries > mailBounds.tries) return 'unreadable'
  const frames: Uint8Array[] = []
  for await (const frame of sealed.read(mailKey(id))) frames.push(frame)
  try {
    return await readMail(Buffer.concat(frames))
  } catch (error) {
    if (error instanceof MailUnreadable) return 'unreadable'
    throw error
  }
}
