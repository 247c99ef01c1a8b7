import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { longestReason, shownNotice } from '@/domain/notice/notice-inputs'
import { moveNotice, noticeToChange } from '@/domain/notice/notice-to-change'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

const sendBackNoticeInput = shownNotice.extend({
  /** What its author should change: for staff only. */
  reason: z.string('reason-missing').trim().min(1, 'reason-missing').max(longestReason, 'reason-long'),
})

/** Gives a notice back to its author as a draft; an approval it had is gone. */
export async function sendBackNotice(
  actor: Actor,
  input: z.input<typeof sendBackNoticeInput>,
  now = new Date(),
): Promise<void> {
  const { reason, ...shown } = parseInput(sendBackNoticeInput, input)
  await transaction(actor, async tx => {
    const notice = await noticeToChange(tx, actor, 'notice.decide', shown)
    const happened = { kind: 'notice.returned', data: { from: notice.status }, at: now } as const
    const none = { submittedBy: null, submittedAt: null, approvedBy: null, approvedAt: null }
    await moveNotice(tx, actor, notice, 'send-back', happened, { ...none, returnReason: reason })
  })
}
