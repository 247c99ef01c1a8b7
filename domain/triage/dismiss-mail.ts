import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { addTasks } from '@/domain/tasks'
import { transaction } from '@/domain/transaction'
import { dismissReasons } from '@/domain/triage/aside-reason'
import { heldMailToSettle } from '@/domain/triage/mail-to-settle'
import { takerOf } from '@/domain/triage/taker'

const dismissInput = z.object({ mailId: z.uuid(), reason: z.enum(dismissReasons, 'dismiss-reason-missing') })

/** Says that a mail that was kept aside is of no use: a tombstone stays, and what it said is removed by a task. */
export async function dismissMail(
  actor: Actor,
  input: z.input<typeof dismissInput>,
  now = new Date(),
): Promise<{ ticketId: string }> {
  const { mailId, reason } = parseInput(dismissInput, input)
  return transaction(actor, async tx => {
    const { ticketId, carrierId, subscriberId } = await heldMailToSettle(tx, actor, mailId)
    const tombstone = { status: 'dismissed', handledBy: takerOf(actor), handledAt: now, dismissReason: reason } as const
    await tx.mailIn.update({ where: { id: mailId }, data: { ...tombstone, fromAddress: null } })
    await addTasks(tx, [{ job: 'receive-mail', payload: { mailId }, carrierId }])
    const about = { subject: `ticket:${ticketId}`, carrierId } as const
    await recordEvent(tx, actor, { ...about, kind: 'mail.dismissed', data: { subscriberId, mailId, reason } }, now)
    return { ticketId }
  })
}
