import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, shownVersion } from '@/app/carrier/act-once'
import { endReasons } from '@/domain/notice/notice-inputs'
import { withdrawNotice } from '@/domain/notice/withdraw-notice'

/** Takes a notice back. */
export const POST = formAction('/carrier/notices/[id]/withdraw/confirm', {
  input: z.object({ ...shownVersion, ...endReasons }),
  back: (_fields, { id }) => `/carrier/notices/${id}/withdraw`,
  async act({ actor }, { version, ...reasons }, { id: noticeId = '' }) {
    await actOnce(actor, { noticeId, version, to: 'withdrawn' }, () =>
      withdrawNotice(actor, { noticeId, version, ...reasons }),
    )
    return `/carrier/notices/${noticeId}?done=withdrawn`
  },
})
