import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { actOnce, shownVersion } from '@/app/carrier/act-once'
import { publishNotice } from '@/domain/notice/publish-notice'

/** Makes an approved notice public. */
export const POST = formAction('/carrier/notices/[id]/publish/confirm', {
  input: z.object(shownVersion),
  back: (_fields, { id }) => `/carrier/notices/${id}/publish`,
  async act({ actor }, { version }, { id: noticeId = '' }) {
    await actOnce(actor, { noticeId, version, to: 'published' }, () => publishNotice(actor, { noticeId, version }))
    return `/carrier/notices/${noticeId}?done=published`
  },
})
