import type { Actor } from '@/domain/actor'
import { type ShownNotice, shownNotice } from '@/domain/notice/notice-inputs'
import { refuseUnfinished } from '@/domain/notice/notice-problems'
import { moveNotice, noticeToChange, personOf, refuseAction } from '@/domain/notice/notice-to-change'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

/** Hands a finished draft to whoever approves. What is not finished is refused at its field. */
export async function submitNotice(actor: Actor, input: ShownNotice, now = new Date()): Promise<void> {
  const shown = parseInput(shownNotice, input)
  await transaction(actor, async tx => {
    const notice = await noticeToChange(tx, actor, 'notice.write', shown)
    refuseAction('submit', notice)
    refuseUnfinished(notice)
    await moveNotice(
      tx,
      actor,
      notice,
      'submit',
      { kind: 'notice.submitted', data: { version: notice.version }, at: now },
      { submittedBy: personOf(actor), submittedAt: now, returnReason: null },
    )
  })
}
