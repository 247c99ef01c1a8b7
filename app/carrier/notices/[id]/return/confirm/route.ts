import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, shownVersion } from '@/app/carrier/act-once'
import { longestReason } from '@/domain/notice/notice-inputs'
import { sendBackNotice } from '@/domain/notice/send-back-notice'

/** Gives a notice back to its author. */
export const POST = formAction('/carrier/notices/[id]/return/confirm', {
  input: z.object({
    ...shownVersion,
    reason: z.string('reason-missing').trim().min(1, 'reason-missing').max(longestReason, 'reason-long'),
  }),
  back: (_fields, { id }) => `/carrier/notices/${id}/return`,
  async act({ actor }, { version, reason }, { id: noticeId = '' }) {
    await actOnce(actor, { noticeId, version, to: 'draft' }, () => sendBackNotice(actor, { noticeId, version, reason }))
    return `/carrier/notices/${noticeId}?done=returned`
  },
})
