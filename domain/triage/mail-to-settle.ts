import type { Actor } from '@/domain/actor'
import { notFound, wrongState } from '@/domain/errors'
import { authorize } from '@/domain/policy'
import type { Tx } from '@/domain/transaction'
import type { AsideReason } from '@/domain/triage/aside-reason'
import type { MailIn } from '@/prisma/generated/client'

export type MailToSettle = MailIn & { reason: AsideReason }

/** A mail that was kept aside, for whoever may let it in or dismiss it. Refuses one that has met its end. */
export async function mailToSettle(tx: Tx, actor: Actor, id: string): Promise<MailToSettle> {
  const mail = await tx.mailIn.findUnique({ where: { id } })
  authorize(actor, 'mail-aside.settle', mail ?? { carrierId: null, subscriberId: null }, 'mail')
  if (!mail) throw notFound('mail')
  if (mail.status !== 'aside' || mail.reason === null)
    throw wrongState('mail-settled', 'The mail is not kept aside any more.')
  return { ...mail, reason: mail.reason as AsideReason }
}

/** The same behind its lock: two people at once take turns. */
export async function heldMailToSettle(tx: Tx, actor: Actor, id: string): Promise<MailToSettle> {
  await tx.$queryRaw`SELECT 1 FROM mails_in WHERE id = ${id}::uuid FOR UPDATE`
  return mailToSettle(tx, actor, id)
}
