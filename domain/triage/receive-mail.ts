import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { authorizeEver } from '@/domain/policy'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { reader, type Tx, transaction } from '@/domain/transaction'
import type { AsideReason } from '@/domain/triage/aside-reason'
import { enterReply } from '@/domain/triage/enter-reply'
import { judgeFiles, type NotedFile, noteFiles, sealFiles } from '@/domain/triage/keep-files'
import { mailBounds, mailKey } from '@/domain/triage/mail-bounds'
import { ticketToReply } from '@/domain/triage/merged-tickets'
import { readSealedMail } from '@/domain/triage/read-sealed-mail'
import { saidIn } from '@/domain/triage/said-by-mail'
import { longestEntry } from '@/domain/triage/ticket-inputs'
import type { ReadMail } from '@/formats/mail/read-mail'
import type { MailIn } from '@/prisma/generated/client'

const hour = 3_600_000

/**
 * Reads a mail that was taken in, and enters it into its ticket as what the subscriber said; the ticket waits for us again.
 * What is not theirs, not from a person, or not to be read is kept aside with its reason. Called again for one that has
 * an end, it changes nothing but what a person's decision left to do: files are kept, and what lay sealed goes.
 */
export async function receiveMail(
  actor: Actor,
  sealed: SealedStore,
  { mailId }: { mailId: string },
  now = new Date(),
): Promise<'entered' | AsideReason | null> {
  authorizeEver(actor, 'mail.receive')
  const mail = await begin(actor, mailId)
  if (mail === null || mail.status === 'aside') return null
  if (mail.status === 'dismissed') {
    await sealed.remove(mailKey(mailId))
    return null
  }
  const isNew = mail.status === 'received'
  // Entered, and killed before its files were kept: it still lies there, and is read once more.
  if (!isNew && !(await sealed.exists(mailKey(mailId)))) return null
  const read = await readSealedMail(sealed, mail)
  const files = read === 'unreadable' ? [] : read.files
  if (isNew) {
    const noted = await judgeFiles(files)
    const ended = await transaction(actor, tx => settle(tx, actor, { id: mailId, read, noted }, now))
    if (ended !== 'entered') return ended
  }
  const { entryId } = await reader(actor).mailIn.findUniqueOrThrow({ where: { id: mailId } })
  if (entryId !== null) await sealFiles(sealed, entryId, files)
  // Its words stand in the entry, and its files beside it.
  await sealed.remove(mailKey(mailId))
  return isNew ? 'entered' : null
}

/** Counts the try before anything is read: a mail that ends its reader must not be tried for ever. */
function begin(actor: Actor, mailId: string): Promise<MailIn | null> {
  return transaction(actor, async tx => {
    await tx.mailIn.updateMany({ where: { id: mailId, status: 'received' }, data: { tries: { increment: 1 } } })
    return tx.mailIn.findFirst({ where: { id: mailId, status: { not: 'arriving' } } })
  })
}

async function settle(
  tx: Tx,
  actor: Actor,
  { id, read, noted }: { id: string; read: ReadMail | 'unreadable'; noted: readonly NotedFile[] },
  now: Date,
): Promise<'entered' | AsideReason | null> {
  const { ticketId } = await tx.mailIn.findUniqueOrThrow({ where: { id } })
  // Two of one ticket at once are counted one after the other.
  const ticket = await ticketToReply(tx, actor, ticketId)
  const mail = await tx.mailIn.findUniqueOrThrow({ where: { id } })
  if (mail.status !== 'received') return null
  const reason = read === 'unreadable' ? read : await reasonAgainst(tx, mail, read, now)
  const settled = { settledAt: now, fromAddress: read === 'unreadable' ? null : read.from }
  if (read !== 'unreadable' && reason === null) {
    const entryId = await enterReply(tx, actor, ticket, await saidIn(tx, mail, read), now)
    const { carrierId, subscriberId } = mail
    await noteFiles(tx, { entryId, ticketId: ticket.id, carrierId, subscriberId }, noted)
    await tx.mailIn.update({ where: { id }, data: { ...settled, status: 'entered', entryId } })
    return 'entered'
  }
  await tx.mailIn.update({ where: { id }, data: { ...settled, status: 'aside', reason } })
  const { carrierId, subscriberId } = mail
  const about = { subject: `ticket:${ticketId}`, carrierId } as const
  await recordEvent(tx, actor, { ...about, kind: 'mail.kept-aside', data: { subscriberId, mailId: id, reason } }, now)
  return reason
}

/** Null: it is entered. */
async function reasonAgainst(tx: Tx, mail: MailIn, read: ReadMail, now: Date): Promise<AsideReason | null> {
  if (read.hops > mailBounds.hops || (await isOurs(tx, read.messageId))) return 'loop'
  if (mail.emptySender || read.automatic) return 'automatic'
  const { email } = await tx.subscriber.findUniqueOrThrow({ where: { id: mail.subscriberId } })
  if (read.from !== email.toLowerCase()) return 'other-address'
  if (read.said === '' && read.files.length === 0) return 'empty'
  if (read.said.length > longestEntry) return 'too-long'
  const since = { gt: new Date(now.getTime() - hour) }
  const entered = await tx.mailIn.count({ where: { ticketId: mail.ticketId, status: 'entered', settledAt: since } })
  return entered >= mailBounds.enteredAnHour ? 'too-many' : null
}

/** What we wrote has come back. */
async function isOurs(tx: Tx, messageId: string | null): Promise<boolean> {
  if (messageId === null) return false
  return (await tx.ticketEntry.count({ where: { messageId, kind: { not: 'from_subscriber' } } })) > 0
}
