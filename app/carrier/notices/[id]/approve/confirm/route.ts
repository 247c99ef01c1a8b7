import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, shownVersion } from '@/app/carrier/act-once'
import { approveNotice } from '@/domain/notice/approve-notice'

/** The second person's word. */
export const POST = formAction('/carrier/notices/[id]/approve/confirm', {
  input: z.object(shownVersion),
  back: (_fields, { id }) => `/carrier/notices/${id}/approve`,
  async act({ actor }, { version }, { id: noticeId = '' }) {
    await actOnce(actor, { noticeId, version, to: 'approved' }, () => approveNotice(actor, { noticeId, version }))
    return `/carrier/notices/${noticeId}?done=approved`
  },
})
