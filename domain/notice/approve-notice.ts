import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { type ShownNotice, shownNotice } from '@/domain/notice/notice-inputs'
import { refuseUnfinished } from '@/domain/notice/notice-problems'
import { moveNotice, noticeToChange, personOf, refuseAction, wroteIt } from '@/domain/notice/notice-to-change'
import { writersOf } from '@/domain/notice/notice-writers'
import { parseInput } from '@/domain/parse-input'
import { requireFreshProof } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

/** The second person's word: never of whoever began, ever edited or submitted the notice. */
export async function approveNotice(actor: Actor, input: ShownNotice, now = new Date()): Promise<void> {
  const shown = parseInput(shownNotice, input)
  await transaction(actor, async tx => {
    const notice = await noticeToChange(tx, actor, 'notice.decide', shown)
    refuseAction('approve', notice)
    if (wroteIt(actor, await writersOf(notice, tx)))
      throw new Refusal('not-allowed', 'own-notice', 'A second person has to approve what one wrote oneself.')
    requireFreshProof(actor, now)
    refuseUnfinished(notice)
    await moveNotice(
      tx,
      actor,
      notice,
      'approve',
      { kind: 'notice.approved', data: { version: notice.version }, at: now },
      { approvedBy: personOf(actor), approvedAt: now },
    )
  })
}
