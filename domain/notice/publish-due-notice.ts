import { type Actor, system } from '@/domain/actor'
import { publishNotice } from '@/domain/notice/publish-notice'
import { reader } from '@/domain/transaction'

const clock: Actor = system('publish-notice')

/**
 * Publishes a scheduled notice when its time has come; the row's own time decides. Answers when to look again, or null
 * where there is nothing to wait for: published, taken off the schedule, withdrawn.
 */
export async function publishDueNotice(noticeId: string, now: Date): Promise<Date | null> {
  const notice = await reader(clock).notice.findUnique({ where: { id: noticeId } })
  if (notice?.status !== 'scheduled' || notice.scheduledFor === null) return null
  if (notice.scheduledFor > now) return notice.scheduledFor
  await publishNotice(clock, { noticeId, version: notice.version }, now)
  return null
}
