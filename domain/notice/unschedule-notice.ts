import type { Actor } from '@/domain/actor'
import { type ShownNotice, shownNotice } from '@/domain/notice/notice-inputs'
import { moveNotice, noticeToChange } from '@/domain/notice/notice-to-change'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

/** Keeps a scheduled notice from being published by itself; it stays approved. */
export async function unscheduleNotice(actor: Actor, input: ShownNotice, now = new Date()): Promise<void> {
  const shown = parseInput(shownNotice, input)
  await transaction(actor, async tx => {
    const notice = await noticeToChange(tx, actor, 'notice.decide', shown)
    await moveNotice(tx, actor, notice, 'unschedule', { kind: 'notice.unscheduled', at: now }, { scheduledFor: null })
  })
}
