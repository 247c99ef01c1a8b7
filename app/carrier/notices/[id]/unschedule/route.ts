import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, shownVersion } from '@/app/carrier/act-once'
import { unscheduleNotice } from '@/domain/notice/unschedule-notice'

/** Keeps a scheduled notice from being published by itself. */
export const POST = formAction('/carrier/notices/[id]/unschedule', {
  input: z.object(shownVersion),
  back: (_fields, { id }) => `/carrier/notices/${id}`,
  async act({ actor }, { version }, { id: noticeId = '' }) {
    await actOnce(actor, { noticeId, version, to: 'approved' }, () => unscheduleNotice(actor, { noticeId, version }))
    return `/carrier/notices/${noticeId}?done=unscheduled`
  },
})
