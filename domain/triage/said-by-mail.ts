import type { Tx } from '@/domain/transaction'
import { mailBounds } from '@/domain/triage/mail-bounds'
import { longestEntry } from '@/domain/triage/ticket-inputs'
import type { ReadMail } from '@/formats/mail/read-mail'

/** What a mail says, as the entry of its subscriber. Words that an entry has no room for stand with what is left out. */
export async function saidIn(
  tx: Tx,
  { subscriberId }: { subscriberId: string },
  { said, trimmed, messageId }: ReadMail,
) {
  const { language } = await tx.subscriber.findUniqueOrThrow({ where: { id: subscriberId } })
  // Another ticket may have had a copy of it: the id stands in one entry, and the mail's own row keeps it from coming twice.
  const isTaken = messageId !== null && (await tx.ticketEntry.count({ where: { messageId } })) > 0
  const left = [said.slice(longestEntry), trimmed].filter(Boolean).join('\n\n').slice(0, mailBounds.trimmed)
  const text = said.slice(0, longestEntry)
  return { text, language, entryKey: null, messageId: isTaken ? null : messageId, trimmed: left === '' ? null : left }
}
