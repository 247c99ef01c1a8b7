import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { addTasks } from '@/domain/tasks'
import { reader, type Tx, transaction } from '@/domain/transaction'
import { mayBeLetIn } from '@/domain/triage/aside-reason'
import { enterReply } from '@/domain/triage/enter-reply'
import { judgeFiles, noteFiles } from '@/domain/triage/keep-files'
import { heldMailToSettle, type MailToSettle, mailToSettle } from '@/domain/triage/mail-to-settle'
import { ticketToReply } from '@/domain/triage/merged-tickets'
import { readSealedMail } from '@/domain/triage/read-sealed-mail'
import { saidIn } from '@/domain/triage/said-by-mail'
import { takerOf } from '@/domain/triage/taker'
import type { ReadMail } from '@/formats/mail/read-mail'

const letInInput = z.object({
  mailId: z.uuid(),
  /** Of the ticket into which it goes. */
  reference: z.string().trim().min(1).max(200),
})

/**
 * Enters a mail that was kept aside into a ticket, as what its subscriber said: into the one that it came for, or into another
 * of the same carrier whose subscriber has the address that it comes from. Its files, and what lies sealed, follow by a task.
 */
export async function letInMail(
  actor: Actor,
  sealed: SealedStore,
  input: z.input<typeof letInInput>,
  now = new Date(),
): Promise<{ ticketId: string }> {
  const { mailId, reference } = parseInput(letInInput, input)
  const seen = await mailToSettle(reader(actor), actor, mailId)
  if (!mayBeLetIn(seen.reason)) throw wrongState('mail-has-no-words', 'It has no words of the subscriber’s.')
  const ticketId = await ticketNamed(reader(actor), seen, reference)
  const read = await readSealedMail(sealed, seen)
  if (read === 'unreadable' || (read.said === '' && read.files.length === 0))
    throw wrongState('mail-has-no-words', 'It has no words of the subscriber’s.')
  const noted = await judgeFiles(read.files)
  return transaction(actor, async tx => {
    // Its ticket before the mail, as the worker that takes it in does.
    const ticket = await ticketToReply(tx, actor, ticketId, 'mail-aside.settle')
    const mail = await heldMailToSettle(tx, actor, mailId)
    const { carrierId, subscriberId } = ticket
    const entryId = await enterReply(tx, actor, ticket, await saidIn(tx, ticket, read satisfies ReadMail), now)
    await noteFiles(tx, { entryId, ticketId: ticket.id, carrierId, subscriberId }, noted)
    const handled = { handledBy: takerOf(actor), handledAt: now }
    await tx.mailIn.update({ where: { id: mailId }, data: { ...handled, status: 'entered', entryId } })
    await addTasks(tx, [{ job: 'receive-mail', payload: { mailId }, carrierId }])
    const data = { subscriberId, mailId, reason: mail.reason, entryId }
    const about = { subject: `ticket:${ticket.id}`, carrierId } as const
    await recordEvent(tx, actor, { ...about, kind: 'mail.let-in', data }, now)
    return { ticketId: ticket.id }
  })
}

/** Nobody's words are put to somebody else: the ticket is of whom it came for, or of whom it says it is from. */
async function ticketNamed(db: Tx, mail: MailToSettle, reference: string): Promise<string> {
  const { carrierId, subscriberId, fromAddress } = mail
  const ticket = await db.ticket.findFirst({
    where: { reference: { equals: reference, mode: 'insensitive' }, carrierId },
    select: { id: true, subscriberId: true },
  })
  if (!ticket) throw badInput('reference', 'ticket-unknown', 'There is no such ticket of this carrier.')
  if (ticket.subscriberId === subscriberId) return ticket.id
  const { email } = await db.subscriber.findUniqueOrThrow({ where: { id: ticket.subscriberId } })
  if (fromAddress === null || email.toLowerCase() !== fromAddress.toLowerCase())
    throw badInput('reference', 'ticket-of-another', 'It is the ticket of somebody else than who the mail is from.')
  return ticket.id
}
