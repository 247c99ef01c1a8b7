import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { momentIn } from '@/app/_shell/local-time'
import { actOnce, shownVersion } from '@/app/carrier/act-once'
import { badInput } from '@/domain/errors'
import { scheduleNotice } from '@/domain/notice/schedule-notice'

/** Lets an approved notice be published by itself at the time that was entered, on the clock that stood beside it. */
export const POST = formAction('/carrier/notices/[id]/schedule/confirm', {
  input: z.object({ ...shownVersion, zone: z.string().max(100), scheduledFor: z.string('time-form') }),
  back: (_fields, { id }) => `/carrier/notices/${id}/schedule`,
  async act({ actor }, { version, zone, scheduledFor: entered }, { id: noticeId = '' }) {
    const scheduledFor = momentIn(zone, entered.trim())
    if (!(scheduledFor instanceof Date))
      throw badInput('scheduledFor', `time-${scheduledFor}`, 'No clock of that zone shows this time.')
    await actOnce(actor, { noticeId, version, to: 'scheduled' }, () =>
      scheduleNotice(actor, { noticeId, version, scheduledFor }),
    )
    return `/carrier/notices/${noticeId}?done=scheduled`
  },
})
