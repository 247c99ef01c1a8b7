import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput } from '@/domain/errors'
import { shownNotice } from '@/domain/notice/notice-inputs'
import { refuseUnfinished } from '@/domain/notice/notice-problems'
import { moveNotice, noticeToChange, refuseAction } from '@/domain/notice/notice-to-change'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

const scheduleNoticeInput = shownNotice.extend({ scheduledFor: z.date('time-form') })

const longestAhead = 366 * 86_400_000

/** Lets an approved notice be published by itself at a time to come, within a year. */
export async function scheduleNotice(
  actor: Actor,
  input: z.input<typeof scheduleNoticeInput>,
  now = new Date(),
): Promise<void> {
  const { scheduledFor, ...shown } = parseInput(scheduleNoticeInput, input)
  await transaction(actor, async tx => {
    const notice = await noticeToChange(tx, actor, 'notice.decide', shown)
    refuseAction('schedule', notice)
    refuseUnfinished(notice)
    if (scheduledFor <= now) throw badInput('scheduledFor', 'time-past', 'The time to publish at is over.')
    if (scheduledFor.getTime() - now.getTime() > longestAhead)
      throw badInput('scheduledFor', 'time-far', 'The time to publish at is more than a year ahead.')
    const data = { scheduledFor: scheduledFor.toISOString() }
    await moveNotice(tx, actor, notice, 'schedule', { kind: 'notice.scheduled', data, at: now }, { scheduledFor })
  })
}
