import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { endReasons, shownNotice } from '@/domain/notice/notice-inputs'
import { moveNotice, noticeToChange } from '@/domain/notice/notice-to-change'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

const withdrawNoticeInput = shownNotice.extend(endReasons)

/**
 * Takes a notice back. Where people could read it, it stays in its place with the reason, and those it was sent to are
 * told; what is still to be sent stops by itself, because sending looks at the state.
 */
export async function withdrawNotice(
  actor: Actor,
  input: z.input<typeof withdrawNoticeInput>,
  now = new Date(),
): Promise<void> {
  const { reasonEn, reasonFr, ...shown } = parseInput(withdrawNoticeInput, input)
  await transaction(actor, async tx => {
    const notice = await noticeToChange(tx, actor, 'notice.decide', shown)
    const tell = notice.status === 'published' && notice.channels.length > 0
    await moveNotice(
      tx,
      actor,
      notice,
      'withdraw',
      { kind: 'notice.withdrawn', data: { from: notice.status, tell }, at: now },
      { endedAt: now, endReasonEn: reasonEn, endReasonFr: reasonFr, scheduledFor: null },
    )
  })
}
